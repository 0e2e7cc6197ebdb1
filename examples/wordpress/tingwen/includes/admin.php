<?php
/** In the list of posts: what became of the sound, and a key to make it again. */

defined('ABSPATH') || exit;

add_filter('post_row_actions', function (array $actions, WP_Post $post): array {
    if ($post->post_type === 'post' && $post->post_status === 'publish' && current_user_can('edit_post', $post->ID)) {
        $address = wp_nonce_url(
            admin_url("admin-post.php?action=tingwen_make&post=$post->ID"),
            "tingwen_make_$post->ID"
        );
        $actions['tingwen'] = sprintf('<a href="%s">%s</a>', esc_url($address), esc_html__('Make its sound', 'tingwen'));
    }
    return $actions;
}, 10, 2);

add_action('admin_post_tingwen_make', function (): void {
    $post_id = absint($_GET['post'] ?? 0);
    check_admin_referer("tingwen_make_$post_id");
    if (!current_user_can('edit_post', $post_id)) {
        wp_die(esc_html__('You may not change this post.', 'tingwen'), 403);
    }
    tingwen_make($post_id);
    wp_safe_redirect(admin_url('edit.php'));
    exit;
});

add_filter('manage_post_posts_columns', function (array $columns): array {
    return $columns + ['tingwen' => __('Sound', 'tingwen')];
});

add_action('manage_post_posts_custom_column', function (string $column, int $post_id): void {
    if ($column !== 'tingwen') {
        return;
    }
    $error = (string) get_post_meta($post_id, TINGWEN_ERROR, true);
    $has_sound = (string) get_post_meta($post_id, TINGWEN_ID, true) !== '';
    echo esc_html($error !== '' ? $error : ($has_sound ? __('there', 'tingwen') : '—'));
}, 10, 2);
