import Domain

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

    /// Every command with what it asks.
    static var all: String {
        let commands = AdapterRegistry.commands.flatMap { command in
            ["\(command.kind): \(command.effect)"] + lines(command).map { "  \($0)" }
        }
        return
            ([
                "A target is the server's own id, with --backend, or a name that only one has. Exit codes: 0 fine, "
                    + "1 usage, 2 a backend failed, 3 refused, 4 outcome unknown, 5 the command failed.", "",
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
