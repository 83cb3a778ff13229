import Configuration
import Dashboard
import Presets

@testable import nocturne

/// The looks and keys that ship, as an operator without files of their own has them.
enum Shipped {
    /// The standard keys; actions of adapters may be bound by more files.
    static func keymap(and more: String = "") -> Keymap {
        let files = Presets.keymaps.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) }
        let own = NamedFile(name: KeymapLibrary.standard, path: "own", bytes: Array(more.utf8))
        let panes = [
            "overview", "devices", "ports", "alerts", "bills", "bonds", "rules", "customers", "browse",
            "tides",
        ].map { "pane-\($0)" }
        return KeymapLibrary(shipped: files + [own], directory: "").keymap(
            KeymapLibrary.standard,
            actions: panes + [
                "acknowledge", "unmute", "edit-rule", "add-rule", "delete-rule", "raise-barrier",
                "create-resource", "change-resource", "delete-resource",
            ]
        ).keymap
    }

    /// The names of the keymaps.
    static let keymapNames = Presets.keymaps.map(\.name)

    /// A keymap that ships, with everything that adapters have bound too.
    static func keymap(named name: String) -> Keymap {
        let files = Presets.keymaps.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) }
        return KeymapLibrary(shipped: files, directory: "").keymap(
            name, actions: AdapterRegistry.actionNames
        ).keymap
    }

    /// The themes, `midnight` first.
    static let themes: [Theme] = ThemeLibrary(
        shipped: Presets.themes.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) },
        directory: ""
    ).themes
}
