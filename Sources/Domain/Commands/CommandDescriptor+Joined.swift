extension CommandDescriptor {
    /// What several backends say of a command: every question that one of them asks, the strictest tier.
    public static func joined(_ all: [CommandDescriptor]) -> CommandDescriptor? {
        guard let first = all.first, all.count > 1 else { return all.first }
        var form = first.form
        for field in all.dropFirst().flatMap(\.form) where !form.contains(where: { $0.key == field.key }) {
            form.append(field)
        }
        var effects: [String] = []
        for effect in all.map(\.effect) {
            // What one says shorter than another need not be said twice.
            let isSaid = effects.contains { $0.hasPrefix(effect.prefix { $0 != "." }) }
            if !isSaid { effects.append(effect) }
        }
        return CommandDescriptor(
            first.kind, title: first.title, targets: all.reduce(first.targets) { $0.union($1.targets) },
            tier: all.map(\.tier).reduce(first.tier, max), effect: effects.joined(separator: " "), form: form,
            bulk: all.allSatisfy(\.bulk), creates: first.creates,
            opensFilled: all.contains(where: \.opensFilled))
    }
}
