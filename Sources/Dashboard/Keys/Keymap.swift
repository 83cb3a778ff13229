public import Canvas

/// Where keys mean something of their own.
public enum KeyContext: String, CaseIterable, Sendable {
    /// Everywhere but in text fields and dialogs.
    case global
    /// A table has the focus.
    case table
    /// A detail has the focus.
    case detail
    /// The pane `browse` is open: before those of a table or a detail.
    case browse
    /// Two tables are shown: before those of a table.
    case tables
    /// A dialog, a list to choose from, the help.
    case dialog
    /// A text is being typed: only keys that are no text may be bound.
    case text
    /// The wallboard.
    case wallboard
}

/// One binding: keys pressed one after another in a context do an action.
public struct Binding: Hashable, Sendable {
    /// Where it holds.
    public var context: KeyContext
    /// The keys in order, at least one.
    public var keys: [Key]
    /// What they do.
    public var action: Action
    /// Makes a binding.
    public init(_ context: KeyContext, _ keys: [Key], _ action: Action) {
        self.context = context
        self.keys = keys
        self.action = action
    }

    /// The keys as help and footer show them.
    public var spelling: String { keys.map(\.description).joined(separator: " ") }
}

/// What keys do: a trie per context, made from bindings.
public struct Keymap: Sendable {
    /// What typed keys mean so far.
    public enum Match: Sendable, Equatable {
        /// They do this.
        case action(Action)
        /// They are the beginning of something.
        case pending
        /// They mean nothing here.
        case none
    }

    private struct Node: Sendable {
        var action: Action?
        var next: [Key: Int] = [:]
    }

    /// The bindings in the order of the files; the first of an action is the one that is shown.
    public let bindings: [Binding]
    private var nodes: [Node] = []
    private var roots: [KeyContext: Int] = [:]
    /// Of each action, its first binding in each context that has one, in the order of the files.
    private var spellings: [Action: [(context: KeyContext, keys: String)]] = [:]

    /// Makes a keymap; a later binding of the same keys in the same context wins.
    public init(_ bindings: [Binding]) {
        self.bindings = bindings
        for context in KeyContext.allCases {
            roots[context] = nodes.count
            nodes.append(Node())
        }
        for binding in bindings {
            var node = roots[binding.context] ?? 0
            for key in binding.keys {
                if let known = nodes[node].next[key] {
                    node = known
                } else {
                    nodes[node].next[key] = nodes.count
                    node = nodes.count
                    nodes.append(Node())
                }
            }
            nodes[node].action = binding.action
            if spellings[binding.action]?.contains(where: { $0.context == binding.context }) != true {
                spellings[binding.action, default: []].append((binding.context, binding.spelling))
            }
        }
    }

    /// What keys mean in the first of several contexts that knows them.
    public func match(_ keys: [Key], in contexts: [KeyContext]) -> Match {
        var isPending = false
        for context in contexts {
            var node = roots[context]
            for key in keys {
                guard let current = node else { break }
                node = nodes[current].next[key]
            }
            guard let node else { continue }
            if let action = nodes[node].action { return .action(action) }
            if !nodes[node].next.isEmpty { isPending = true }
        }
        return isPending ? .pending : .none
    }

    /// The spelling of the first keys that do an action in any of the contexts; nil when it is not bound.
    public func spelling(of action: Action, in contexts: [KeyContext] = KeyContext.allCases) -> String? {
        spellings[action]?.first { contexts.contains($0.context) }?.keys
    }
}
