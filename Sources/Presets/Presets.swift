/// The files that ship, as they were when the binary was built.
///
/// A file in `themes/`, `keymaps/` or `adapters/` ships when it stands in one of these lists.
public enum Presets {
    /// One file: its name without `.toml`, and what stands in it.
    public typealias File = (name: String, bytes: [UInt8])

    /// The themes in the order that the theme key goes through them; the first is the standard.
    public static let themes: [File] = [
        ("midnight", PackageResources.midnight_toml),
        ("daylight", PackageResources.daylight_toml),
        ("high-contrast", PackageResources.high_contrast_toml),
        ("cvd-deutan", PackageResources.cvd_deutan_toml),
        ("cvd-tritan", PackageResources.cvd_tritan_toml),
        ("mono", PackageResources.mono_toml),
        ("linux-console", PackageResources.linux_console_toml),
    ]

    /// The keymaps; the first is the standard, which all others change.
    public static let keymaps: [File] = [
        ("default", PackageResources.default_toml),
        ("function-keys", PackageResources.function_keys_toml),
        ("emacs", PackageResources.emacs_toml),
    ]

    /// The adapters that are files.
    public static let adapters: [File] = [
        ("alertmanager", PackageResources.alertmanager_toml),
        ("prometheus", PackageResources.prometheus_toml),
        ("icinga2", PackageResources.icinga2_toml),
    ]
}
