import AdapterKit
import Domain
import Runtime

/// The words that kinds go by on a command line: `alert`, `alerts`, and `alert/4711` for one entity.
enum KindWord {
    /// Whether a word means a kind, in the singular or the plural.
    static func matches(_ word: String, _ kind: String) -> Bool {
        word == kind || word == kind + "s" || word == kind + "es"
    }

    /// The kinds that a word means at a backend: those that it lists, and those that only links lead to.
    static func kinds(_ word: String, at connection: Connection) -> [ResourceKind] {
        let listed = connection.adapter.resources.filter { $0.answers(to: [word]) }.map(\.kind)
        let linked = connection.adapter.linkedKinds.filter { matches(word, $0.rawValue) }
        return listed + linked.filter { !listed.contains($0) }.sorted { $0.rawValue < $1.rawValue }
    }

    /// What stands before and behind the first slash, where what stands before it means one of some kinds.
    static func split(
        _ word: String, among kinds: [ResourceKind], at connections: [Connection]
    ) -> (kinds: [ResourceKind], rest: String)? {
        guard let slash = word.firstIndex(of: "/") else { return nil }
        let head = String(word[..<slash])
        let rest = String(word[word.index(after: slash)...])
        guard !head.isEmpty, !rest.isEmpty else { return nil }
        let meant = kinds.filter { kind in
            matches(head, kind.rawValue)
                || connections.contains { connection in
                    connection.adapter.resources.contains { $0.kind == kind && $0.plural == head }
                }
        }
        return meant.isEmpty ? nil : (meant, rest)
    }
}
