<?php
/* A site, its plugin, two posts; then what became of them, as one line of JSON.
 *   php set_up.php WP-FOLDER SITE-ADDRESS SERVICE-ADDRESS KEY
 */
[, $wordpress, $site, $service, $key] = $argv;
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => parse_url($site, PHP_URL_HOST), 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
require_once "$wordpress/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install('慢車報', 'editor', 'editor@example.org', false, '', 'secret');
update_option('siteurl', $site);
update_option('home', $site);
switch_theme('twentytwentythree');
$problem = activate_plugin('tingwen/tingwen.php');
switch_to_locale('zh_TW');
unload_textdomain('tingwen');
load_textdomain('tingwen', "$wordpress/wp-content/plugins/tingwen/languages/tingwen-zh_TW.mo");
require_once "$wordpress/wp-content/plugins/tingwen/tingwen.php";
do_action('init');
do_action('admin_init');
wp_set_current_user(1);
update_option('tingwen', tingwen_sanitized(['service' => "$service/", 'key' => $key, 'on_publish' => '1', 'auto' => '1']));
$kept = tingwen_sanitized(['service' => 'javascript:alert(1)', 'key' => '']);

$text = "<!-- wp:paragraph -->\n<p>列車今天準點進站，<b>旅客</b>都拍手叫好。</p>\n<!-- /wp:paragraph -->";
$more = str_repeat("<!-- wp:paragraph -->\n<p>站長表示，這條路線今年已經載了五萬名旅客，下個月還會再加開三班列車。</p>\n<!-- /wp:paragraph -->\n", 3);
$posts = [];
foreach (['auto' => $text . $more, 'block' => "$text\n<!-- wp:tingwen/player /-->", 'shortcode' => "$text\n[tingwen]"] as $name => $content) {
    $posts[$name] = wp_insert_post([
        'post_title' => "第{$name}班列車 <準點> & 「快」", 'post_content' => $content, 'post_status' => 'publish', 'post_author' => 1,
    ]);
}
$scheduled = (bool) wp_next_scheduled('tingwen_make', [$posts['auto']]);
foreach ($posts as $post) {
    do_action('tingwen_make', $post);
}
$found = array_map(fn($post) => [
    'post' => $post,
    'address' => get_permalink($post),
    'id' => get_post_meta($post, '_tingwen_id', true),
    'error' => get_post_meta($post, '_tingwen_error', true),
], $posts);
$waiting = wp_insert_post([
    'post_title' => '還沒做的班車', 'post_content' => $text . $more, 'post_status' => 'publish', 'post_author' => 1,
]);
wp_update_post(['ID' => $posts['shortcode'], 'post_status' => 'draft']);
do_action('tingwen_withdraw', $posts['shortcode']);
ob_start();
tingwen_settings_page();
$page = ob_get_clean();
echo json_encode([
    'problem' => is_wp_error($problem) ? $problem->get_error_message() : '',
    'active' => is_plugin_active('tingwen/tingwen.php'),
    'scheduled' => $scheduled,
    'kept' => $kept,
    'posts' => $found,
    'waiting' => $waiting,
    'withdrawn' => get_post_meta($posts['shortcode'], '_tingwen_id', true),
    'settings' => $page,
    'editor' => (function () use ($posts) {
        $GLOBALS['post'] = get_post($posts['auto']);
        return [do_shortcode('[tingwen]'), do_shortcode('[tingwen id="\"><script>alert(1)</script>"]'), do_shortcode('[tingwen id="xyz"]')];
    })(),
]), "\n";
