<?php
/**
 * Plugin Name: Tingwen 聽聞
 * Description: Listen to posts: sends a post to your tingwen service when it is published, and shows the player.
 * Version: 1.0.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 * License: MIT
 * Text Domain: tingwen
 * Domain Path: /languages
 */

defined('ABSPATH') || exit;

const TINGWEN_OPTION = 'tingwen';
const TINGWEN_ID = '_tingwen_id';
const TINGWEN_ERROR = '_tingwen_error';
const TINGWEN_FILE = __FILE__;

require_once __DIR__ . '/includes/settings.php';
require_once __DIR__ . '/includes/service.php';
require_once __DIR__ . '/includes/player.php';
require_once __DIR__ . '/includes/admin.php';

add_action('init', function (): void {
    load_plugin_textdomain('tingwen', false, dirname(plugin_basename(__FILE__)) . '/languages');
});

register_deactivation_hook(__FILE__, function (): void {
    wp_unschedule_hook('tingwen_make');
    wp_unschedule_hook('tingwen_withdraw');
});
