internal import AdapterKit
internal import Domain
internal import JSON

/// The rows that a command changes besides its targets, because they share what it works on.
struct Sharing {
    private let at: Pointer
    private let words: String
    private let kind: ResourceDescriptor
    private let rows: [(id: String?, value: Value)]
    /// Whether the list is not all that there is.
    private let isCut: Bool
    /// The places of rows that share something with a target.
    private var shared: Set<Int> = []
    /// Whether there may be more.
    private var isOpen = false

    /// What a row has that others may share.
    private enum Value {
        /// Words, of which one in common is enough.
        case words(Set<String>)
        /// Members, which others share that have all of them, and may have more.
        case members([String: String])
        /// Nothing, as the server says.
        case nothing
        /// The row does not say it.
        case unknown

        init(_ pointer: Pointer, _ row: JSONValue) {
            func word(_ value: JSONValue) -> String { value.word ?? JSONTree(value).text }
            switch pointer.match(in: row) {
            case .nothing: self = pointer.isNull(in: row) ? .nothing : .unknown
            case .foreign: self = .unknown
            case .value(let value):
                if let members = value.object {
                    self = .members(
                        Dictionary(
                            members.map { ($0.key, word($0.value)) }, uniquingKeysWith: { first, _ in first })
                    )
                } else {
                    self = .words(Set(value.array?.map(word) ?? [word(value)]))
                }
            }
        }
    }

    /// Looks through a list for what its rows share at a pointer.
    init(
        at pointer: Pointer, words: String, of kind: ResourceDescriptor, in listing: ReadList,
        identity: (JSONValue) -> String?
    ) {
        at = pointer
        self.words = words
        self.kind = kind
        rows = listing.rows.map { ($0.kind == .object ? identity($0) : nil, Value(pointer, $0)) }
        isCut = listing.gap != nil
    }

    /// Takes in what a target shares with other rows.
    mutating func add(_ row: JSONValue, id: String) {
        let own = Value(at, row)
        switch own {
        case .nothing: return
        case .unknown: isOpen = true
        case .words(let words) where words.isEmpty: return
        case .words, .members:
            if isCut { isOpen = true }
            for (place, other) in rows.enumerated() where other.id != id {
                switch Self.shares(own, other.value) {
                case true: shared.insert(place)
                case nil: isOpen = true
                default: break
                }
            }
        }
    }

    /// Whether another row shares what a target has; nil where it does not say it.
    private static func shares(_ own: Value, _ other: Value) -> Bool? {
        switch (own, other) {
        case (.words(let own), .words(let other)): !own.isDisjoint(with: other)
        case (.members(let own), .members(let other)): own.allSatisfy { other[$0.key] == $0.value }
        case (.members(let own), .nothing): own.isEmpty
        case (_, .nothing): false
        default: nil
        }
    }

    /// How many others are changed, in words; nil for none.
    ///
    /// - Parameter targets: the ids of those that are meant.
    func warning(besides targets: Set<String>) -> String? {
        let count = shared.count { !(rows[$0].id.map(targets.contains) ?? false) }
        if count == 0, !isOpen { return nil }
        let number = count == 0 ? "?" : Quantity.count(count) + (isOpen ? "+?" : "")
        let noun = number == "1" ? kind.kind.rawValue.replacing("-", with: " ") : kind.plural
        return "\(words): \(number) other \(noun)."
    }
}
