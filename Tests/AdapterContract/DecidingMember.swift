public import Domain
public import HTTP
import JSON

/// A member of the rows of an answer that decides whether something is wrong, or how many there are.
///
/// An adapter's tests list theirs and have them all removed by `AdapterContract.absence(of:)`.
public struct DecidingMember: Sendable {
    let template: PathTemplate
    let path: [String]
    let kinds: [ResourceKind]

    /// Names a member.
    ///
    /// - Parameters:
    ///   - path: its key in a row, with dots where it lies deeper: `attrs.vars.type`; a list on the way stands for all of
    ///     its objects.
    ///   - template: where the rows come from: a list, a list within an object, or one object.
    ///   - kinds: what it decides about, as tables.
    public init(_ path: String, of template: PathTemplate, decides kinds: ResourceKind...) {
        self.template = template
        self.path = path.split(separator: ".").map(String.init)
        self.kinds = kinds
    }

    var title: String { "\(path.joined(separator: ".")) of \(template)" }
}

/// What may become of a member on its way, without any word of an error.
enum Tampering: String, CaseIterable {
    case omitted = "left out"
    case null = "null"
    case renamed = "renamed"
    case otherCaseOfKey = "in another case"
    case otherType = "of another type"
    case otherWord = "a word that nobody knows"
    case otherCaseOfWord = "a word in another case"

    /// The members of a row with one of them changed; nil where it can't be changed so.
    func change(_ key: String, _ value: JSONTree) -> [JSONTree.Member]? {
        switch self {
        case .omitted: []
        case .null: value == .null ? nil : [JSONTree.Member(key, .null)]
        case .renamed: [JSONTree.Member("\(key)_of_old", value)]
        case .otherCaseOfKey: [JSONTree.Member(Self.otherCase(key), value)]
        case .otherType:
            switch value {
            case .object, .array: [JSONTree.Member(key, .string("what it was"))]
            default: [JSONTree.Member(key, .object([JSONTree.Member("value", value)]))]
            }
        case .otherWord:
            switch value {
            case .object, .array: nil
            default: [JSONTree.Member(key, .string("bewildered"))]
            }
        case .otherCaseOfWord:
            if case .string(let text) = value, Self.otherCase(text) != text {
                [JSONTree.Member(key, .string(Self.otherCase(text)))]
            } else {
                nil
            }
        }
    }

    private static func otherCase(_ text: String) -> String {
        text == text.uppercased() ? text.lowercased() : text.uppercased()
    }
}

/// In how many rows it happens.
enum Extent: String, CaseIterable {
    /// In one row of each value that there is: what is rare there is what is wrong.
    case one = "in one row of each value"
    case all = "in all rows"
}

/// Changes one member in the rows of an answer.
struct Tamperer {
    let member: DecidingMember
    let tampering: Tampering
    let extent: Extent
    private var met: Set<JSONTree> = []
    /// How many members were changed.
    private(set) var count = 0

    init(_ member: DecidingMember, _ tampering: Tampering, _ extent: Extent) {
        self.member = member
        self.tampering = tampering
        self.extent = extent
    }

    /// An answer with the member changed in its rows: those of a list, of each list within an object, or the object.
    ///
    /// Each answer by itself: who asks a second time is told the same.
    mutating func answer(_ tree: JSONTree) -> JSONTree {
        met = []
        return changed(tree)
    }

    private mutating func changed(_ tree: JSONTree) -> JSONTree {
        switch tree {
        case .array(let rows): return .array(rows.map { row($0, member.path[...]) })
        case .object(let members):
            let hasRows = members.contains { Self.isRows($0.value) }
            if !hasRows { return row(tree, member.path[...]) }
            return .object(
                members.map { Self.isRows($0.value) ? JSONTree.Member($0.key, changed($0.value)) : $0 })
        default: return tree
        }
    }

    /// Whether it is a list of objects, or such in a list, as some servers have it for old times' sake.
    private static func isRows(_ tree: JSONTree) -> Bool {
        guard case .array(let rows) = tree, let first = rows.first else { return false }
        if case .object = first { return true }
        return isRows(first)
    }

    private mutating func row(_ tree: JSONTree, _ path: ArraySlice<String>) -> JSONTree {
        if case .array(let rows) = tree { return .array(rows.map { row($0, path) }) }
        guard case .object(let members) = tree, let key = path.first else { return tree }
        var made: [JSONTree.Member] = []
        for member in members {
            if member.key != key {
                made.append(member)
            } else if path.count > 1 {
                made.append(JSONTree.Member(key, row(member.value, path.dropFirst())))
            } else if isWanted(member.value), let changed = tampering.change(key, member.value) {
                count += 1
                made += changed
            } else {
                made.append(member)
            }
        }
        return .object(made)
    }

    private mutating func isWanted(_ value: JSONTree) -> Bool {
        switch (extent, value) {
        case (.all, _): true
        // Each object is another value: the first stands for all.
        case (.one, .object), (.one, .array): met.insert(.null).inserted
        case (.one, _): met.insert(value).inserted
        }
    }
}
