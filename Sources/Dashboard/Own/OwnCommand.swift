public import Canvas
public import Domain

/// A program of the operator's for a row, as the configuration describes it.
public struct OwnCommand: Sendable, Hashable {
    /// What menus call it; no two have the same.
    public var title: String
    /// The keys that run it; none where only menus do.
    public var keys: [Key]
    /// The panes whose rows it is for; none for rows of every pane.
    public var panes: [PaneName]
    /// The program and its arguments.
    public var run: [OwnArgument]
    /// Where its output goes.
    public var manner: Manner
    /// Whether it asks before it runs.
    public var isConfirmed: Bool
    /// Whether it may run where nothing can be changed.
    public var isSafe: Bool

    /// Where the output of a program goes.
    public enum Manner: Sendable, Hashable {
        /// It has the terminal until it ends.
        case terminal
        /// Into a view that is scrolled and searched.
        case captured
        /// Nowhere; a message says how it ended.
        case background
    }

    /// Describes a command.
    public init(
        title: String, keys: [Key] = [], panes: [PaneName] = [], run: [OwnArgument],
        manner: Manner = .terminal, isConfirmed: Bool = false, isSafe: Bool = false
    ) {
        self.title = title
        self.keys = keys
        self.panes = panes
        self.run = run
        self.manner = manner
        self.isConfirmed = isConfirmed
        self.isSafe = isSafe
    }
}

/// One argument of a program, with holes that fields of a row fill: `{name}`, `{device.ip}`; `{{` is a brace.
public struct OwnArgument: Sendable, Hashable {
    /// Its parts in order.
    public let parts: [Part]

    /// A text as it is, or a field's value.
    public enum Part: Sendable, Hashable {
        /// A text as it is.
        case text(String)
        /// A field's value; the column is where the hole begins in the argument, from 0.
        case field(OwnField, column: Int)
    }

    /// Whether values stand in a URL, where they are percent-encoded.
    public var isURL: Bool {
        if case .text(let text)? = parts.first { text.contains("://") } else { false }
    }

    /// The fields that fill its holes, and where the holes begin.
    public var fields: [(field: OwnField, column: Int)] {
        parts.compactMap { if case .field(let field, let column) = $0 { (field, column) } else { nil } }
    }

    /// Reads an argument.
    ///
    /// - Throws: when a brace has no partner, or a hole holds what can't be a field.
    public init(_ text: String) throws(Fault) {
        var parts: [Part] = []
        var plain = ""
        let letters = Array(text)
        var place = 0
        while place < letters.count {
            let letter = letters[place]
            let isDoubled = place + 1 < letters.count && letters[place + 1] == letter
            if (letter == "{" || letter == "}") && isDoubled {
                plain.append(letter)
                place += 2
                continue
            }
            if letter == "}" { throw Fault("a } stands alone; write }} for the sign itself", column: place) }
            guard letter == "{" else {
                plain.append(letter)
                place += 1
                continue
            }
            guard let end = letters[place...].firstIndex(of: "}") else {
                throw Fault("a { is not closed; write {{ for the sign itself", column: place)
            }
            guard let field = OwnField(String(letters[(place + 1)..<end])) else {
                throw Fault("between { and } stands a field such as name or device.ip", column: place)
            }
            if !plain.isEmpty { parts.append(.text(plain)) }
            plain = ""
            parts.append(.field(field, column: place))
            place = end + 1
        }
        if !plain.isEmpty || parts.isEmpty { parts.append(.text(plain)) }
        self.parts = parts
    }

    /// Why a text is no argument.
    public struct Fault: Error, Sendable, Equatable {
        /// What is wrong.
        public let words: String
        /// Where in the text, from 0.
        public let column: Int

        init(_ words: String, column: Int) {
            self.words = words
            self.column = column
        }
    }
}

/// What fills a hole: a field of the row, or of what the row refers to.
public struct OwnField: Sendable, Hashable, CustomStringConvertible {
    /// The kind of what has the field; nil for the row itself.
    public let kind: ResourceKind?
    /// The field.
    public let key: FieldKey

    /// What every row has besides its fields.
    public static let common: [FieldKey] = [.backend, "id", "kind", .name]
    /// The fields that `{address}` stands for where a row has none of that name, the best first.
    public static let addresses: [FieldKey] = ["address", "ip", "session_address"]

    /// As the configuration spells it.
    public var description: String { kind.map { "\($0).\(key)" } ?? key.rawValue }

    /// Reads `name` or `device.name`; nil for anything else.
    init?(_ text: String) {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        let isWord = { (word: Substring) in
            !word.isEmpty
                && word.utf8.allSatisfy {
                    $0 == 95 || $0 == 45 || (48...57).contains($0) || (97...122).contains($0 | 32)
                }
        }
        guard (1...2).contains(words.count), words.allSatisfy(isWord) else { return nil }
        kind = words.count == 2 ? ResourceKind(rawValue: String(words[0])) : nil
        key = FieldKey(rawValue: String(words[words.count - 1]))
    }

    /// The fields of a resource that answer to it; empty where there is none.
    public func keys(in resource: ResourceDescriptor) -> [FieldKey] {
        let wanted = key == "address" ? Self.addresses : [key]
        return wanted.filter { key in resource.fields.contains { $0.key == key } }
    }

    /// Whether rows of a resource can fill it, as far as the descriptors of all resources say.
    public func isKnown(to resource: ResourceDescriptor, among all: [ResourceDescriptor]) -> Bool {
        guard let kind, kind != resource.kind else {
            return Self.common.contains(key) || !keys(in: resource).isEmpty
        }
        guard resource.fields.contains(where: { $0.type == .ref(kind) }) else { return false }
        return Self.common.contains(key) || all.contains { $0.kind == kind && !keys(in: $0).isEmpty }
    }
}
