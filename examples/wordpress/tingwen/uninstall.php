<?php
/** Nothing of the plugin stays; the sound is the service's. */

defined('WP_UNINSTALL_PLUGIN') || exit;

delete_option('tingwen');
delete_post_meta_by_key('_tingwen_id');
delete_post_meta_by_key('_tingwen_error');
