import Domain
import Synchronization

/// What help says of the commands, from what the adapters say of them.
enum ActHelp {
    /// What a command does, in a sentence.
    static func abstract(_ kind: CommandKind) -> String {
        guard let command = AdapterRegistry.commands.first(where: { $0.kind == kind }) else { return "" }
        return "\(command.title): \(command.effect)"
    }

    /// What a command asks.
    static func text(_ kind: CommandKind) -> String {
        guard let command = AdapterRegistry.commands.first(where: { $0.kind == kind }) else { return "" }
        return lines(command).joined(separator: "\n")
    }

    /// The command whose help is asked for; nil where it is that of all.
    static let topic = Mutex<CommandKind?>(nil)

    /// The command that a command line such as `do NAME --help` asks about.
    static func topic(of arguments: [String]) -> CommandKind? {
        guard arguments.first == "do", arguments.contains(where: { $0 == "--help" || $0 == "-h" }) else {
            return nil
        }
        return arguments.dropFirst().lazy.compactMap { word in
            AdapterRegistry.commands.first { $0.kind.rawValue == word }?.kind
        }.first
    }

    /// Every command with what it does; what each asks is in its own help.
    static var all: String {
        let width = AdapterRegistry.commands.map(\.kind.rawValue.count).max() ?? 0
        let commands = AdapterRegistry.commands.map { command in
            let name = command.kind.rawValue
            return "\(name)\(String(repeating: " ", count: width - name.count))  \(command.title)"
        }
        return
            ([
                "A target is a name that only one entity has, the server's own id, or KIND/ID as in alert/4711, with "
                    + "--backend where several servers have it. Exit codes: 0 fine, 1 usage, 2 a backend failed, "
                    + "3 refused, 4 outcome unknown, 5 the command failed.",
                "", "Commands (nocturne do NAME --help says what each asks):",
            ] + commands).joined(separator: "\n")
    }

    private static func lines(_ command: CommandDescriptor) -> [String] {
        let asks = command.form.filter { $0.input != .carried }.map { "\($0.usage)  \($0.title)" }
        let kinds = command.targets.map(\.rawValue).sorted().joined(separator: ", ")
        let what =
            command.creates
            ? "Makes: \(kinds)." : "Target: \(kinds)\(command.bulk ? ", one or several" : "")."
        let confirm = command.tier == .hurts ? "Needs --confirm NAME, once per target." : "Needs --yes."
        return ["\(what) \(confirm)"] + asks
    }
}
