internal import Canvas
internal import Dashboard
internal import Domain
internal import TOML

/// What one keymap file says: for each action of a context the keys that do it.
struct KeymapFile {
    /// One line of the file.
    struct Entry {
        let context: KeyContext
        let action: Action
        /// The key sequences; none unbinds the action.
        var sequences: [Sequence]
    }

    /// Keys one after another, and where they stand.
    struct Sequence {
        let keys: [Key]
        let file: String
        let position: TOMLPosition
        var spelling: String { keys.map(\.description).joined(separator: " ") }
    }

    /// The lines in the order of the file.
    private(set) var entries: [Entry] = []
    /// What is wrong with it.
    private(set) var complaints: [Complaint] = []

    /// Reads a file; what is wrong is left out with a complaint.
    ///
    /// - Parameter names: the names of actions besides the dashboard's own: of panes and commands.
    init(_ file: NamedFile, names: [String]) {
        do throws(TOMLError) {
            let words = OwnAction.allCases.map(\.rawValue) + names
            for entry in try TOMLTable.parse(file.bytes).entries { readContext(entry, words, file.path) }
        } catch {
            complaints.append(Complaint(.error, file.path, error.position, "invalid TOML: \(error.words)"))
        }
    }

    private mutating func readContext(_ entry: TOMLTable.Entry, _ words: [String], _ file: String) {
        let contexts = KeyContext.allCases.map(\.rawValue)
        guard let context = KeyContext(rawValue: entry.key), let table = entry.node.table else {
            let known = contexts.map { "[\($0)]" }.joined(separator: ", ")
            warn(
                file, entry.position,
                "there is no context \"\(entry.key)\"\(Nearest.hint(entry.key, among: contexts)); there is \(known)"
            )
            return
        }
        for entry in table.entries {
            guard words.contains(entry.key) else {
                let hint = Nearest.hint(entry.key, among: words)
                warn(file, entry.position, "nothing is called \"\(entry.key)\"\(hint)")
                continue
            }
            guard let nodes = entry.node.array, nodes.allSatisfy({ $0.string != nil }) else {
                warn(
                    file, entry.node.position,
                    "keys are a list such as [\"j\", \"Down\", \"ctrl-x e\"], [] unbinds")
                continue
            }
            var sequences: [Sequence] = []
            for node in nodes {
                guard let text = node.string else { continue }
                do throws(Fault) {
                    let keys = try Self.keys(text, in: context)
                    sequences.append(Sequence(keys: keys, file: file, position: node.position))
                } catch {
                    warn(file, node.position, error.words)
                }
            }
            entries.append(Entry(context: context, action: Action(name: entry.key), sequences: sequences))
        }
    }

    private mutating func warn(_ file: String, _ position: TOMLPosition, _ words: String) {
        complaints.append(Complaint(.warning, file, position, words))
    }

    /// Why a text names no keys.
    struct Fault: Error {
        let words: String
    }

    /// Keys that terminals, multiplexers and the line itself take for something else.
    private static let unusable: [Key: String] = [
        .control("s"): "it stops the output of many terminals",
        .control("q"): "it goes on with the output of many terminals",
        .control("a"): "multiplexers take it",
        .control("\\"): "it ends programs",
        .control("h"): "many terminals send it for Backspace",
        .control("i"): "it is the same as Tab",
        .control("m"): "it is the same as Enter",
        .control(" "): "it can't be told from other keys",
    ]

    /// The keys that a text names, one after another.
    static func keys(_ text: String, in context: KeyContext) throws(Fault) -> [Key] {
        var keys: [Key] = []
        for word in text.split(separator: " ") {
            guard let key = Key(String(word)) else {
                throw Fault(
                    words: "\"\(word)\" is no key; write j, G, ctrl-d, alt-x, F4, Space, Enter, Esc, PgDn…")
            }
            if let reason = unusable[key] { throw Fault(words: "\(key) can't be used: \(reason)") }
            keys.append(key)
        }
        guard let first = keys.first else { throw Fault(words: "here a key is missing; [] unbinds") }
        if context == .text, case .character = first.code, first.modifiers.isEmpty {
            throw Fault(
                words: "\(first) is text where one types: use a key with ctrl or alt, or one with a name")
        }
        return keys
    }
}
