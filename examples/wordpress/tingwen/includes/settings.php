<?php
/** What the site's owner sets: the service, its key, and what happens by itself. */

defined('ABSPATH') || exit;

/** One setting, or its default. */
function tingwen_setting(string $name): string {
    $defaults = ['service' => '', 'key' => '', 'on_publish' => '1', 'auto' => '1'];
    $options = get_option(TINGWEN_OPTION, []);
    return (string) ((is_array($options) ? $options : []) + $defaults)[$name];
}

/** What may be kept of a submitted form. An empty key leaves the one that is there. */
function tingwen_sanitized($given): array {
    $given = is_array($given) ? $given : [];
    $service = esc_url_raw(trim((string) ($given['service'] ?? '')), ['https', 'http']);
    if ($service === '' && !empty($given['service'])) {
        add_settings_error(TINGWEN_OPTION, 'service', __('The address of the service is no http(s) address.', 'tingwen'));
    }
    $key = preg_replace('/[^\x21-\x7e]/', '', (string) ($given['key'] ?? ''));
    return [
        'service' => rtrim($service, '/'),
        'key' => $key !== '' ? $key : tingwen_setting('key'),
        'on_publish' => empty($given['on_publish']) ? '' : '1',
        'auto' => empty($given['auto']) ? '' : '1',
    ];
}

add_action('admin_init', function (): void {
    register_setting('tingwen', TINGWEN_OPTION, [
        'type' => 'array',
        'sanitize_callback' => 'tingwen_sanitized',
        'show_in_rest' => false,
    ]);
});

add_action('admin_menu', function (): void {
    $title = __('Listen to posts', 'tingwen');
    add_options_page($title, $title, 'manage_options', 'tingwen', 'tingwen_settings_page');
});

/** The form; `settings_fields` writes its nonce. The key is never shown again. */
function tingwen_settings_page(): void {
    if (!current_user_can('manage_options')) {
        return;
    }
    $key = tingwen_setting('key') === '' ? '' : __('kept; leave empty to keep it', 'tingwen');
    ?>
    <div class="wrap">
    <h1><?php echo esc_html(get_admin_page_title()); ?></h1>
    <form action="options.php" method="post">
    <?php settings_fields('tingwen'); ?>
    <table class="form-table" role="presentation">
    <tr><th><label for="tingwen-service"><?php esc_html_e('Address of the service', 'tingwen'); ?></label></th>
    <td><input id="tingwen-service" class="regular-text" type="url" name="tingwen[service]"
        value="<?php echo esc_attr(tingwen_setting('service')); ?>" placeholder="https://listen.example"></td></tr>
    <tr><th><label for="tingwen-key"><?php esc_html_e('Key', 'tingwen'); ?></label></th>
    <td><input id="tingwen-key" class="regular-text" type="password" name="tingwen[key]" autocomplete="off"
        value="" placeholder="<?php echo esc_attr($key); ?>"></td></tr>
    <?php
    $boxes = [
        'on_publish' => __('Make the sound when a post is published or changed', 'tingwen'),
        'auto' => __('Show the player above every post that has sound', 'tingwen'),
    ];
    foreach ($boxes as $name => $label) {
        printf(
            '<tr><th></th><td><label><input type="checkbox" name="tingwen[%s]" value="1"%s> %s</label></td></tr>',
            esc_attr($name),
            checked(tingwen_setting($name), '1', false),
            esc_html($label)
        );
    }
    ?>
    </table>
    <?php submit_button(); ?>
    </form>
    </div>
    <?php
}
