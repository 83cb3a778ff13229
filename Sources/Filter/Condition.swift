internal import Domain

/// What `is:` and a word mean for the rows of a table.
enum Condition {
    /// What words mean in fields that hold states.
    static let words: [String: [FieldKey: Set<String>]] = {
        var words: [String: [FieldKey: Set<String>]] = [
            "open": [.state: states { $0.isUnhandled }],
            "firing": [.state: states { $0.isOpen }],
            "unhandled": [.state: states { $0.isUnhandled }],
            "unacked": [.state: states { $0.isUnhandled }],
            "acked": [.state: states { $0 == .acknowledged }],
            "acknowledged": [.state: states { $0 == .acknowledged }],
            "cleared": [.state: states { $0 == .cleared }],
            "closed": [.state: states { $0 == .cleared }],
            "worse": [.state: states { $0 == .worse }],
            "better": [.state: states { $0 == .better }],
            "changed": [.state: states { $0 == .changed }],
            "critical": [.severity: ["critical"], .status: ["critical"]],
            "ok": [.severity: ["ok"], .status: ["ok"]],
        ]
        for word in ["up", "down", "degraded", "ignored", "disabled", "unknown", "warning"] {
            words[word] = [.status: [word], .state: [word], .oper: [word]]
        }
        words["warning"]?[.severity] = ["warning"]
        words["disabled"]?[.admin] = ["down", "disabled"]
        words["shutdown"] = [.admin: ["down", "disabled"]]
        words["problem"] = [
            .status: ["down", "warning", "degraded", "critical"],
            .state: states { $0.isOpen }.union(["down"]),
            .oper: ["down"],
        ]
        return words
    }()

    /// The conditions that a port which somebody switched off is not in, though it is down.
    static let needSwitchedOn: Set<String> = ["down", "problem"]

    private static func states(_ include: (AlertState) -> Bool) -> Set<String> {
        Set(AlertState.allCases.filter(include).map(\.rawValue))
    }
}

extension FilterVocabulary {
    /// The words that `is:` knows.
    public var conditions: Set<String> {
        sets.union(Condition.words.keys).union(flags)
    }
}

extension FieldKey {
    /// Whether a port is switched on, and whether it works.
    static let admin: FieldKey = "admin"
    static let oper: FieldKey = "oper"
}
