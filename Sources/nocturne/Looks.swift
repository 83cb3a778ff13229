import AdapterKit
import Configuration
import Dashboard
import Domain
import Presets

/// Every theme and keymap there is: those inside the binary and the operator's.
struct LookLibrary {
    let themes: ThemeLibrary
    let keymaps: KeymapLibrary

    init(_ directories: Directories) {
        func shipped(_ files: [Presets.File], _ folder: String) -> [NamedFile] {
            files.map {
                NamedFile(name: $0.name, path: "\(folder)/\($0.name).toml (shipped)", bytes: $0.bytes)
            }
        }
        themes = ThemeLibrary(
            shipped: shipped(Presets.themes, "themes"), directory: directories.configuration + "/themes")
        keymaps = KeymapLibrary(
            shipped: shipped(Presets.keymaps, "keymaps"), directory: directories.configuration + "/keymaps")
    }
}

extension Settings {
    /// Reads a configuration, held to everything that this program has.
    static func read(_ path: String, _ library: LookLibrary, _ directories: Directories) -> Reading {
        read(
            path, adapters: AdapterRegistry.all, themes: library.themes.themes.map(\.name),
            keymaps: library.keymaps.names, resources: AdapterRegistry.resources, directories: directories)
    }
}

/// What the screen looks like and what keys do.
struct Looks {
    var themes: [Theme]
    /// The theme that was asked for.
    var themeIndex: Int
    /// Whether the operator chose it; else a terminal without colours gets the theme without any.
    var isChosen: Bool
    var keymap: Keymap
    /// What is wrong with the operator's own themes and keymaps.
    var notices: [String]

    /// The theme to begin with on a terminal with so many colours.
    func themeIndex(colors: Int) -> Int {
        guard colors == 0, !isChosen else { return themeIndex }
        return themes.firstIndex { $0.name == "mono" } ?? themeIndex
    }
}

extension Setup {
    /// The looks that the command line asks for, else the operator's last choice, else the configuration.
    ///
    /// - Parameter kept: the theme that was chosen in the dashboard, if any.
    func looks(theme: String?, kept: String? = nil, keymap: String?) throws -> Looks {
        func known(_ what: String, _ name: String?, among names: [String]) throws {
            guard let name, !names.contains(name) else { return }
            throw Failure(.usage, "unknown \(what) \"\(name)\"\(Nearest.choices(name, among: names))")
        }
        let names = library.themes.themes.map(\.name)
        try known("theme", theme, among: names)
        try known("keymap", keymap, among: library.keymaps.names)
        let keys = library.keymaps.keymap(keymap ?? settings.keymap, actions: AdapterRegistry.actionNames)
        let placed = keys.keymap.adding(settings.commands)
        // A theme of the operator's own may be gone since.
        let kept = names.contains { $0 == kept } ? kept : nil
        let chosen = theme ?? kept ?? settings.theme
        return Looks(
            themes: library.themes.themes, themeIndex: library.themes.index(of: chosen) ?? 0,
            isChosen: theme != nil || kept != nil || chosen != Settings().theme, keymap: placed.keymap,
            notices: (library.themes.complaints + keys.complaints + placed.complaints).map(\.description))
    }
}

extension AdapterRegistry {
    /// The names of panes and commands that a keymap may bind: whatever any kind of backend may offer, so that a
    /// keymap fits every configuration.
    static var actionNames: [String] {
        let panes = Pane.all(for: resources).map(\.name)
        let commands = samples.flatMap(\.commands).map(\.kind.rawValue)
        return ([.overview] + panes).map { Action.pane($0).name } + commands
    }
}
