public import Dashboard

extension Keymap {
    /// The whole keymap as a file: put into `keymaps/`, it does the same.
    ///
    /// - Parameter standard: the keymap that a file is merged over; what only that binds is unbound.
    public func fileText(over standard: Keymap) -> String {
        var sections: [String] = []
        for context in KeyContext.allCases {
            var lines: [String] = []
            var seen: Set<Action> = []
            for binding in bindings where binding.context == context && seen.insert(binding.action).inserted {
                let keys = bindings.filter { $0.context == context && $0.action == binding.action }
                lines.append("\(binding.action.name) = \(TOMLText.list(keys.map(\.spelling)))")
            }
            for binding in standard.bindings
            where binding.context == context && seen.insert(binding.action).inserted {
                lines.append("\(binding.action.name) = []")
            }
            if !lines.isEmpty {
                sections.append("[\(context.rawValue)]\n" + lines.joined(separator: "\n") + "\n")
            }
        }
        return sections.joined(separator: "\n")
    }
}
