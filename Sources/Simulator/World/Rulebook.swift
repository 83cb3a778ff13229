import Synchronization

/// The alert rules of one server, which people change.
struct Rulebook: Sendable {
    private(set) var rules: [AlertRule]
    /// The tick since which a rule has been off: its alerts stay as they were then.
    private(set) var silentSince: [Int: Int] = [:]
    private var lastID: Int
    /// What newer servers do about alerts; what no rule uses any more stays, for there is no way to take it away.
    private var operations = AlertOperation.all
    private var lastOperation = AlertOperation.all.map(\.id).max() ?? 0
    private var lastSegment = AlertOperation.all.flatMap(\.segments).map(\.id).max() ?? 0

    init(withOddities: Bool) {
        rules = (AlertRule.all + (withOddities ? [AlertRule.odd, AlertRule.long] : [])).map { rule in
            var rule = rule
            rule.operation = AlertOperation.first(of: rule.id)
            return rule
        }
        lastID = AlertRule.numbersPerDevice
    }

    subscript(id: Int) -> AlertRule? { rules.first { $0.id == id } }

    /// The rules by number.
    var byID: [Int: AlertRule] { Dictionary(uniqueKeysWithValues: rules.map { ($0.id, $0) }) }

    func has(name: String, besides id: Int?) -> Bool {
        rules.contains { $0.name == name && $0.id != id }
    }

    /// Numbers are never used again.
    mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }

    /// An operation by its number.
    func operation(_ id: Int) -> AlertOperation? { operations.first { $0.id == id } }

    /// Makes an operation; whatever numbers its segments had, they get new ones.
    mutating func makeOperation(
        _ name: String, stepDuration: Int?, _ segments: [AlertOperation.Segment]
    ) -> AlertOperation {
        lastOperation += 1
        let numbered = segments.map { segment in
            lastSegment += 1
            var segment = segment
            segment.id = lastSegment
            return segment
        }
        let operation = AlertOperation(
            id: lastOperation, name: name, stepDuration: stepDuration, segments: numbered)
        operations.append(operation)
        return operation
    }

    /// Puts a rule in its place, or behind all others.
    mutating func put(_ rule: AlertRule, at tick: Int) {
        let old = self[rule.id]
        if rule.isDisabled, old?.isDisabled != true { silentSince[rule.id] = tick }
        if !rule.isDisabled { silentSince[rule.id] = nil }
        if let index = rules.firstIndex(where: { $0.id == rule.id }) {
            rules[index] = rule
        } else {
            rules.append(rule)
        }
    }

    /// False when there is none of that number.
    mutating func remove(_ id: Int) -> Bool {
        guard let index = rules.firstIndex(where: { $0.id == id }) else { return false }
        rules.remove(at: index)
        return true
    }
}

extension WorldView {
    /// The rules of this server as they are now.
    var rulebook: Rulebook {
        world.rulebooks.withLock { $0[territory] } ?? Rulebook(withOddities: world.hasOddities)
    }

    /// Changes the rules; nobody changes them meanwhile.
    func changeRules<Result: Sendable>(_ change: (inout Rulebook) -> Result) -> Result {
        world.rulebooks.withLock { books in
            change(&books[territory, default: Rulebook(withOddities: world.hasOddities)])
        }
    }
}
