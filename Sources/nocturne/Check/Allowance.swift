import Dashboard
import Domain
import JSON

/// Which commands a mode lets through, and what each of them asks for on the command line.
struct Allowance: Sendable, Equatable {
    let mode: BackendMode
    /// Those that `--yes` is enough for.
    let simple: [String]
    /// Those that want the name typed, with `--confirm NAME`.
    let hurting: [String]
    /// Whether the server lets this account change anything; nil where that is not known.
    let mayChange: Bool?

    init(_ commands: [CommandDescriptor], _ mode: BackendMode, mayChange: Bool? = nil) {
        self.mode = mode
        self.mayChange = mayChange
        func names(_ isWanted: (Tier) -> Bool) -> [String] {
            guard mode != .readOnly else { return [] }
            return commands.filter { isWanted(CommandPolicy.tier([$0.tier], targets: 1, modes: [mode])) }
                .map(\.kind.rawValue)
        }
        simple = names { $0 < .hurts }
        hurting = names { $0 == .hurts }
    }

    /// What this mode means, with every name.
    var words: String {
        guard mode != .readOnly else { return "none: nothing can be sent (read-only)" }
        let parts = [
            simple.isEmpty ? nil : "with --yes: \(simple.joined(separator: " "))",
            hurting.isEmpty ? nil : "with --confirm NAME: \(hurting.joined(separator: " "))",
        ].compactMap { $0 }
        if parts.isEmpty { return "\(mode.rawValue); it offers none" }
        let doubt = mayChange == false ? "\(Self.refusal) all of these; " : ""
        return "\(mode.rawValue); \(doubt)\(parts.joined(separator: "; "))"
    }

    /// No more than is known: that an account is shown nothing that it may change proves it of no command.
    private static let refusal = "the server is expected to refuse this account"

    /// The same in numbers.
    private var summary: String {
        let parts = [
            simple.isEmpty ? nil : "\(simple.count) with --yes",
            hurting.isEmpty ? nil : "\(hurting.count) with --confirm NAME",
        ].compactMap { $0 }
        return "\(mode.rawValue) \(parts.isEmpty ? "none" : parts.joined(separator: " and "))"
    }

    /// How many commands each mode would let through, the loosest first.
    static func summary(_ commands: [CommandDescriptor], mayChange: Bool? = nil) -> String {
        let modes = BackendMode.allCases.map { mode in
            let summary = Allowance(commands, mode).summary
            guard mayChange == false, mode != .readOnly, !commands.isEmpty else { return summary }
            return "\(summary), which \(refusal)"
        }
        return modes.joined(separator: "; ")
    }

    /// For scripts.
    var tree: JSONTree {
        [
            "mode": .string(mode.rawValue), "with_yes": .array(simple.map { .string($0) }),
            "with_confirm": .array(hurting.map { .string($0) }),
            "account_may_change": mayChange.map { .bool($0) } ?? .null,
        ]
    }
}
