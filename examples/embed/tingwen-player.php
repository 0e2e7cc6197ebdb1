<?php
/**
 * Plugin Name: 聽聞 tingwen player
 * Description: 讓文章可以聽：[tingwen id="…"]，或在文章的自訂欄位 tingwen_id 填入編號。
 * Version: 1.0
 * License: MIT
 */

defined('ABSPATH') || exit;

/** Where the service is; set it in wp-config.php: define('TINGWEN_URL', 'https://listen.example'); */
function tingwen_url(): string {
    return defined('TINGWEN_URL') ? rtrim(TINGWEN_URL, '/') : '';
}

function tingwen_player(string $id): string {
    if (!preg_match('/^[0-9a-f]{32}$/', $id) || !tingwen_url()) {
        return '';
    }
    wp_enqueue_script('tingwen-player', tingwen_url() . '/player.js', [], null, true);
    return sprintf('<tingwen-player article="%s" for=".entry-content"></tingwen-player>', esc_attr($id));
}

/** The component is a module; WordPress writes classic script tags. */
add_filter('script_loader_tag', function (string $tag, string $handle): string {
    return $handle === 'tingwen-player' ? str_replace('<script ', '<script type="module" ', $tag) : $tag;
}, 10, 2);

add_shortcode('tingwen', fn($attributes): string => tingwen_player((string) ($attributes['id'] ?? '')));

/** Above the text of every single post that has the custom field. */
add_filter('the_content', function (string $content): string {
    $id = is_singular() && in_the_loop() ? get_post_meta(get_the_ID(), 'tingwen_id', true) : '';
    return ($id ? tingwen_player((string) $id) : '') . $content;
});

/** A pasted /listen address becomes the player, by oEmbed. */
add_action('init', function (): void {
    if (tingwen_url()) {
        wp_oembed_add_provider(tingwen_url() . '/listen/*', tingwen_url() . '/oembed');
    }
});
