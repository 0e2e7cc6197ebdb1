<?php
/** The player: as a block, as [tingwen], and above posts by itself. */

defined('ABSPATH') || exit;

/** The element for a post, or for an id that is given; "" where there is no sound. */
function tingwen_player(int $post_id, string $id = ''): string {
    $id = $id !== '' ? $id : (string) get_post_meta($post_id, TINGWEN_ID, true);
    $service = tingwen_setting('service');
    if ($service === '' || !preg_match('/^[0-9a-f]{32}$/', $id)) {
        return '';
    }
    wp_enqueue_script('tingwen-player', esc_url_raw("$service/player.js"), [], null, true);
    return sprintf(
        '<tingwen-player article="%s" for=".entry-content" lang="%s"></tingwen-player>',
        esc_attr($id),
        esc_attr(get_bloginfo('language'))
    );
}

/** The component is a module; older WordPress writes classic script tags. */
add_filter('script_loader_tag', function (string $tag, string $handle): string {
    if ($handle !== 'tingwen-player' || strpos($tag, 'type="module"') !== false) {
        return $tag;
    }
    $plain = (string) preg_replace('/ type=([\'"])[^\'"]*\1/', '', $tag);
    return str_replace('<script ', '<script type="module" ', $plain);
}, 10, 2);

add_shortcode('tingwen', function ($attributes): string {
    $attributes = shortcode_atts(['id' => ''], is_array($attributes) ? $attributes : [], 'tingwen');
    return tingwen_player((int) get_the_ID(), strtolower((string) $attributes['id']));
});

add_action('init', function (): void {
    wp_register_script(
        'tingwen-block',
        plugins_url('block.js', TINGWEN_FILE),
        ['wp-blocks', 'wp-element', 'wp-block-editor', 'wp-server-side-render'],
        '1.0.0',
        true
    );
    register_block_type(dirname(TINGWEN_FILE), [
        'render_callback' => function (array $attributes): string {
            $player = tingwen_player((int) get_the_ID());
            if ($player === '') {
                $is_edited = defined('REST_REQUEST') && REST_REQUEST && current_user_can('edit_posts');
                $told = __('The player stands here as soon as the post has its sound.', 'tingwen');
                return $is_edited ? '<p>' . esc_html($told) . '</p>' : '';
            }
            return '<div ' . get_block_wrapper_attributes() . '>' . $player . '</div>';
        },
    ]);
});

/** Above the text of a single post, if nobody has put a player into it. */
add_filter('the_content', function (string $content): string {
    // Block themes show a single post outside of the loop.
    $is_own = is_singular('post') && (int) get_the_ID() === (int) get_queried_object_id();
    $is_shown = tingwen_setting('auto') !== '' && $is_own && !is_feed();
    if (!$is_shown || strpos($content, '<tingwen-player') !== false || post_password_required()) {
        return $content;
    }
    return tingwen_player((int) get_the_ID()) . $content;
}, 20);
