import ArgumentParser
import Configuration
import Dashboard
import Domain
import Presets

/// Lists keymaps and prints what keys do.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "List the keymaps, or print one as a file, your own keys included.")

    @Argument(help: "The keymap to print.", completion: .list(Presets.keymaps.map(\.name))) var name: String?
    @Flag(help: "Print what each key does, in words.") var words = false

    mutating func run() throws {
        let directories = Directories(environment: Setup.environment)
        let library = LookLibrary(directories).keymaps
        guard let name else {
            for name in library.names {
                let own = library.isOwn(name) ? "  \(directories.configuration)/keymaps/\(name).toml" : ""
                Console.say("\(name)\(own)")
            }
            return
        }
        guard library.names.contains(name) else {
            throw Failure(
                .usage, "unknown keymap \"\(name)\"\(Nearest.choices(name, among: library.names))")
        }
        let actions = AdapterRegistry.actionNames
        let (keymap, complaints) = library.keymap(name, actions: actions)
        for complaint in complaints { Console.complain(complaint.description) }
        guard words else {
            return Console.write(
                keymap.fileText(over: library.keymap(KeymapLibrary.standard, actions: actions).keymap))
        }
        for context in KeyContext.allCases {
            let bindings = keymap.bindings.filter { $0.context == context }
            guard !bindings.isEmpty else { continue }
            Console.print(context.rawValue)
            let width = bindings.map(\.spelling.count).max() ?? 0
            for binding in bindings {
                let pad = String(repeating: " ", count: width - binding.spelling.count)
                Console.print("  \(binding.spelling)\(pad)  \(Self.title(binding.action))")
            }
        }
    }

    private static func title(_ action: Action) -> String {
        switch action {
        case .own(let own): own.title
        case .pane(let pane): "Go to \(pane)"
        case .command(let kind):
            AdapterRegistry.commands.first { $0.kind == kind }?.title ?? kind.rawValue
        case .search: "Search"
        case .show: "Show"
        case .locate: "Find an address everywhere"
        case .program(let title): title
        }
    }
}
