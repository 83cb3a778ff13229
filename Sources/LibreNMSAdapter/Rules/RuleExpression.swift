internal import JSON

/// What a rule looks for: conditions, joined and nested.
///
/// Older releases have it as a text, newer ones as the tree of their rule builder; here both are written as the
/// text: `%devices.status = "0" && %devices.disabled = "0"`.
indirect enum RuleExpression: Sendable, Equatable {
    /// One comparison.
    case condition(RuleCondition)
    /// All of them hold.
    case all([RuleExpression])
    /// At least one of them holds.
    case any([RuleExpression])

    /// The expression as a person writes it.
    var text: String { text(inside: false) }

    private func text(inside isInside: Bool) -> String {
        switch self {
        case .condition(let condition): return condition.text
        case .all(let parts): return Self.joined(parts, " && ", isInside)
        case .any(let parts): return Self.joined(parts, " || ", isInside)
        }
    }

    private static func joined(_ parts: [RuleExpression], _ word: String, _ isInside: Bool) -> String {
        let text = parts.map { $0.text(inside: parts.count > 1) }.joined(separator: word)
        return isInside && parts.count > 1 ? "(\(text))" : text
    }
}

/// One comparison of a rule.
struct RuleCondition: Sendable, Equatable {
    /// A column or macro: `devices.status`.
    var entity: String
    var comparison: RuleComparison
    /// What it is compared with; nil for comparisons that need nothing.
    var value: String?

    var text: String {
        guard let value else { return "%\(entity) \(comparison.word)" }
        var quoted = "\""
        for character in value {
            if character == "\"" || character == "\\" { quoted.append("\\") }
            quoted.append(character)
        }
        return "%\(entity) \(comparison.word) \(quoted)\""
    }
}

/// The comparisons of the rule builder, by its names for them.
enum RuleComparison: String, Sendable, CaseIterable {
    case equal
    case notEqual = "not_equal"
    case less
    case lessOrEqual = "less_or_equal"
    case greater
    case greaterOrEqual = "greater_or_equal"
    case regex
    case notRegex = "not_regex"
    case contains
    case notContains = "not_contains"
    case beginsWith = "begins_with"
    case notBeginsWith = "not_begins_with"
    case endsWith = "ends_with"
    case notEndsWith = "not_ends_with"
    case isEmpty = "is_empty"
    case isNotEmpty = "is_not_empty"
    case isNull = "is_null"
    case isNotNull = "is_not_null"

    /// Those that releases without a builder know, all of them signs.
    static let signs: [RuleComparison] = [
        .equal, .notEqual, .regex, .notRegex, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]

    /// The sign, or the builder's own name.
    var word: String {
        switch self {
        case .equal: "="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .regex: "~"
        case .notRegex: "!~"
        default: rawValue
        }
    }

    /// Whether it compares with something.
    var takesValue: Bool {
        switch self {
        case .isEmpty, .isNotEmpty, .isNull, .isNotNull: false
        default: true
        }
    }
}

// MARK: The tree of the rule builder

extension RuleExpression {
    /// Reads a builder's tree.
    ///
    /// - Returns: nil for one that can't be written as text without loss: lists of values, negated groups.
    init?(builder: JSONValue) {
        if let rules = builder["rules"]?.array {
            if builder["not"]?.flag == true { return nil }
            var parts: [RuleExpression] = []
            for rule in rules {
                guard let part = RuleExpression(builder: rule) else { return nil }
                parts.append(part)
            }
            guard !parts.isEmpty else { return nil }
            if parts.count == 1 {
                self = parts[0]
            } else if builder["condition"]?.text?.uppercased() == "OR" {
                self = .any(parts)
            } else {
                self = .all(parts)
            }
            return
        }
        guard let entity = (builder["field"] ?? builder["id"])?.text, !entity.isEmpty,
            let comparison = builder["operator"]?.text.flatMap({ RuleComparison(rawValue: $0) })
        else { return nil }
        let value = builder["value"]?.text
        guard comparison.takesValue == (value != nil) || !comparison.takesValue else { return nil }
        self = .condition(
            RuleCondition(
                entity: entity, comparison: comparison, value: comparison.takesValue ? value : nil))
    }

    /// The tree that the rule builder would make of it.
    var builder: JSONTree {
        guard case .object(let members) = tree else { return .null }
        if members.contains(where: { $0.key == "rules" }) { return .object(members + [.init("valid", true)]) }
        return ["condition": "AND", "rules": [tree], "valid": true]
    }

    private var tree: JSONTree {
        switch self {
        case .all(let parts): ["condition": "AND", "rules": .array(parts.map(\.tree))]
        case .any(let parts): ["condition": "OR", "rules": .array(parts.map(\.tree))]
        case .condition(let condition):
            [
                "id": .string(condition.entity), "field": .string(condition.entity), "type": "string",
                "input": "text", "operator": .string(condition.comparison.rawValue),
                "value": condition.value.map { .string($0) } ?? .null,
            ]
        }
    }
}
