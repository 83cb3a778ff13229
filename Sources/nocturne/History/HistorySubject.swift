import Audit
import Domain
import History

/// What the changes are asked of, as it is written on the command line.
struct HistorySubject {
    /// The question to the history.
    let query: HistoryQuery.Subject
    /// The name of a device or another entity; nil where it is another subject.
    private let name: String?

    private init(_ query: HistoryQuery.Subject, name: String?) {
        self.query = query
        self.name = name
    }

    /// What a name stands for where nothing was recorded; everything without one.
    init(named name: String? = nil) { self.init(name.map { .device($0) } ?? .everything, name: name) }

    /// Reads `BACKEND:KIND/ID`, `KIND/ID` where such a thing was recorded, or else a name.
    init(_ text: String, in store: any HistoryArchive) throws {
        if let slash = text.firstIndex(of: "/"), slash != text.startIndex {
            let head = text[..<slash].split(separator: ":", maxSplits: 1)
            let id = String(text[text.index(after: slash)...])
            let backend = head.count == 2 ? String(head[0]) : nil
            let names = try Self.kinds(String(head.last ?? "")).flatMap { kind in
                try store.entities(kind: kind, id: id).filter { backend == nil || $0.backend == backend }
            }
            if !names.isEmpty {
                self.init(.entities(names), name: nil)
                return
            }
        }
        self.init(named: text)
    }

    /// The kinds that a word can mean, in the singular and the plural.
    static func kinds(_ word: String) -> [ResourceKind] {
        let singulars = [word, String(word.dropLast()), String(word.dropLast(2))]
        return singulars.filter { !$0.isEmpty && KindWord.matches(word, $0) }.map {
            ResourceKind(rawValue: $0)
        }
    }

    /// Whether a command was about it.
    func isMeant(by target: AuditEntry.Target, of backend: String) -> Bool {
        switch query {
        case .everything: true
        case .entities(let names):
            names.contains { $0.backend == backend && $0.kind.rawValue == target.kind && $0.id == target.id }
        case .device, .site: target.name == name
        }
    }
}
