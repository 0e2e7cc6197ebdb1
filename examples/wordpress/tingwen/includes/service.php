<?php
/** The calls to the service: a post is made after it is published, and withdrawn when it is not any more. */

defined('ABSPATH') || exit;

add_action('transition_post_status', function (string $new, string $old, WP_Post $post): void {
    if ($post->post_type !== 'post' || wp_is_post_revision($post) || tingwen_setting('on_publish') === '') {
        return;
    }
    if ($new === 'publish' && $post->post_password === '') {
        tingwen_schedule('tingwen_make', $post->ID);
    } elseif ($old === 'publish') {
        tingwen_schedule('tingwen_withdraw', $post->ID);
    }
}, 10, 3);

/** By WordPress' own cron: who publishes waits for nobody. */
function tingwen_schedule(string $hook, int $post_id): void {
    if (!wp_next_scheduled($hook, [$post_id])) {
        wp_schedule_single_event(time(), $hook, [$post_id]);
    }
}

add_action('tingwen_make', 'tingwen_make');

/** Ask for the sound of a post and note its id, or why there is none. */
function tingwen_make(int $post_id): void {
    $post = get_post($post_id);
    if (!$post || $post->post_status !== 'publish' || $post->post_password !== '') {
        return;
    }
    $answer = tingwen_call('POST', '/v1/articles', ['html' => tingwen_page($post)]);
    if (is_wp_error($answer) && (int) $answer->get_error_data() === 422) {
        // Two sentences are no article among the parts of a page; said to be one, they are read.
        $answer = tingwen_call('POST', '/v1/articles', tingwen_words($post));
    }
    if (is_wp_error($answer)) {
        update_post_meta($post_id, TINGWEN_ERROR, $answer->get_error_message());
        return;
    }
    $id = (string) ($answer['id'] ?? '');
    if (!preg_match('/^[0-9a-f]{32}$/', $id)) {
        update_post_meta($post_id, TINGWEN_ERROR, __('The service gave no id.', 'tingwen'));
        return;
    }
    update_post_meta($post_id, TINGWEN_ID, $id);
    delete_post_meta($post_id, TINGWEN_ERROR);
}

add_action('tingwen_withdraw', function (int $post_id): void {
    $id = (string) get_post_meta($post_id, TINGWEN_ID, true);
    if ($id === '' || get_post_status($post_id) === 'publish') {
        return;
    }
    $answer = tingwen_call('DELETE', "/v1/articles/$id");
    if (is_wp_error($answer)) {
        update_post_meta($post_id, TINGWEN_ERROR, $answer->get_error_message());
        return;
    }
    delete_post_meta($post_id, TINGWEN_ID);
});

/** The post as a page of its own: what is read is the article, and nothing of the theme. */
function tingwen_page(WP_Post $post): string {
    $author = get_the_author_meta('display_name', (int) $post->post_author);
    return sprintf(
        '<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title>'
            . '<link rel="canonical" href="%s"><meta property="article:published_time" content="%s">'
            . '<meta name="author" content="%s"></head><body><article><h1>%s</h1>%s</article></body></html>',
        esc_attr(get_bloginfo('language')),
        esc_html(get_the_title($post)),
        esc_url((string) get_permalink($post)),
        esc_attr((string) get_the_date('c', $post)),
        esc_attr((string) $author),
        esc_html(get_the_title($post)),
        tingwen_text($post)
    );
}

/** Title and text without markup, a paragraph a line. */
function tingwen_words(WP_Post $post): array {
    $lines = (string) preg_replace('/<\/(p|h[1-6]|li|blockquote|div)>|<br[^>]*>/i', "\n", tingwen_text($post));
    $text = trim(html_entity_decode(wp_strip_all_tags($lines), ENT_QUOTES, 'UTF-8'));
    $title = html_entity_decode(wp_strip_all_tags(get_the_title($post)), ENT_QUOTES, 'UTF-8');
    return ['text' => $title . "\n\n" . $text, 'title' => $title];
}

/** The post's text as its readers see it, without players. */
function tingwen_text(WP_Post $post): string {
    $content = strip_shortcodes($post->post_content);
    $content = (string) preg_replace('/<!-- wp:tingwen\/player.*?\/-->/s', '', $content);
    return wpautop(do_blocks($content));
}

/** The service's JSON, or a WP_Error whose message can be shown. */
function tingwen_call(string $method, string $path, ?array $body = null) {
    $service = tingwen_setting('service');
    if ($service === '') {
        return new WP_Error('tingwen', __('No service is set.', 'tingwen'));
    }
    $headers = ['Content-Type' => 'application/json', 'Accept-Language' => get_bloginfo('language')];
    if (tingwen_setting('key') !== '') {
        $headers['Authorization'] = 'Bearer ' . tingwen_setting('key');
    }
    $answer = wp_remote_request($service . $path, [
        'method' => $method,
        'timeout' => 20,
        'redirection' => 0,
        'headers' => $headers,
        'body' => $body === null ? null : wp_json_encode($body),
    ]);
    if (is_wp_error($answer)) {
        return $answer;
    }
    $status = (int) wp_remote_retrieve_response_code($answer);
    $found = json_decode(wp_remote_retrieve_body($answer), true);
    if ($status >= 200 && $status < 300) {
        return is_array($found) ? $found : [];
    }
    $why = is_array($found) ? ($found['detail'] ?? $found['title'] ?? '') : '';
    /* translators: 1: HTTP status, 2: what the service said. */
    $told = sprintf(__('The service answered %1$d: %2$s', 'tingwen'), $status, is_string($why) ? $why : '');
    return new WP_Error('tingwen', sanitize_text_field($told), $status);
}
