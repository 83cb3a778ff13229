/// The operator's own texts on what to do, by the names of their files.
public struct Runbooks: Sendable, Equatable {
    /// What a text is for; the raw value is the folder that it lies in.
    public enum Subject: String, Sendable, CaseIterable {
        /// The alerts of a rule, by its name.
        case rule
        /// Devices of a type.
        case type
        /// Devices of a group.
        case group
    }

    /// A text.
    public struct Book: Sendable, Hashable {
        /// What it is for.
        public let subject: Subject
        /// The name of its file without `.md`.
        public let name: String

        /// Names a text.
        public init(_ subject: Subject, _ name: String) {
            self.subject = subject
            self.name = name
        }

        /// As its file is called: `rule/bgp-session-down.md`.
        public var file: String { "\(subject.rawValue)/\(name).md" }
    }

    /// The folder, as messages name it.
    public let folder: String
    private let books: [Book]

    /// Knows the texts of a folder.
    public init(folder: String = "", _ books: [Book] = []) {
        self.folder = folder
        self.books = books
    }

    /// The text for a name; letters and digits alone are compared, without regard to case.
    func book(_ subject: Subject, _ name: String) -> Book? {
        let wanted = Self.essence(name)
        guard !wanted.isEmpty else { return nil }
        return books.first { $0.subject == subject && Self.essence($0.name) == wanted }
    }

    /// What is left of a name in a file's name: `BGP: session down` is `bgp session down`.
    private static func essence(_ name: String) -> String {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}
