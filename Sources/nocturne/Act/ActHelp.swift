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

    /// Every command with what it does, under the kind of its targets; what each takes is in its own help.
    static var all: String {
        let width = AdapterRegistry.commands.map(\.kind.rawValue.count).max() ?? 0
        var groups: [(kind: String, lines: [String])] = []
        for command in AdapterRegistry.commands {
            let kind = command.targets.map(\.rawValue).sorted().joined(separator: ", ")
            let name = command.kind.rawValue
            let sign = command.tier == .hurts ? "!" : " "
            let line =
                "  \(name)\(String(repeating: " ", count: width - name.count)) \(sign) \(command.title)"
            if let place = groups.firstIndex(where: { $0.kind == kind }) {
                groups[place].lines.append(line)
            } else {
                groups.append((kind, [line]))
            }
        }
        let head = [
            "Examples:", "  nocturne do acknowledge alert/4711 --note 'on it' --dry-run",
            "  nocturne restart-bond alpine-marine --confirm alpine-marine", "",
            "Commands, by the kind of their targets (! is disruptive and needs --confirm; the others need "
                + "--yes). nocturne do NAME --help has the options of one.",
        ]
        let foot = [
            "",
            "A target is a name, an id or KIND/ID as in alert/4711; add --backend if several servers have it. "
                + "Exit status: 0 fine, 1 usage, 2 a backend failed, 3 refused, 4 outcome unknown, "
                + "5 the command failed.",
        ]
        return (head + groups.flatMap { [$0.kind] + $0.lines } + foot).joined(separator: "\n")
    }

    private static func lines(_ command: CommandDescriptor) -> [String] {
        let asks = command.form.filter { $0.input != .carried }
        let width = asks.map(\.usage.count).filter { $0 <= 32 }.max() ?? 0
        let options = asks.map { field in
            let pad = String(repeating: " ", count: max(0, width - field.usage.count))
            return "  \(field.usage)\(pad)  \(field.title)"
        }
        let kinds = command.targets.map(\.rawValue).sorted().joined(separator: ", ")
        let what =
            command.creates
            ? "Creates: \(kinds)." : "Target: \(kinds)\(command.bulk ? ", one or several" : "")."
        let confirm = command.tier == .hurts ? "Needs --confirm NAME, once per target." : "Needs --yes."
        let example = "Example: nocturne \(command.kind) \(command.creates ? "…" : "NAME") --dry-run"
        return ["\(what) \(confirm)", example]
            + (options.isEmpty ? [] : ["", "Options of this command:"] + options)
    }
}
