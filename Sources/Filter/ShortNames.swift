public import Domain

/// Names of devices without the domain that most of them share: it tells nothing apart and takes the room of what does.
///
/// Tables alone show them; details, copies and exports have whole names.
public struct ShortNames: Sendable, Equatable {
    /// What is left out: a dot and the domain.
    public let suffix: String
    /// The names that stay whole, since another device of the same backend is called by what would be left.
    ///
    /// On another backend it is most often the same device, and the table says which backend a row is of.
    private let kept: Set<String>

    /// Finds the domain; nil where there is none that at least half of the names with a domain share.
    ///
    /// - Parameter backends: the names of each backend's devices.
    public init?(_ backends: [[String]]) {
        let hosts = backends.joined().compactMap(Self.labels)
        var counts: [[Substring]: Int] = [:]
        for labels in hosts { counts[labels.suffix(2).map { $0 }, default: 0] += 1 }
        let most = counts.max { ($0.value, $1.key.joined()) < ($1.value, $0.key.joined()) }
        guard let most, most.value > 1, most.value * 2 >= hosts.count else { return nil }
        let alike = hosts.filter { $0.suffix(2).elementsEqual(most.key) }
        // As much of it as all of them share; something has to be left of each.
        var shared = 2
        while let label = alike.first?.dropLast(shared).last,
            alike.allSatisfy({ $0.count > shared + 1 && $0.dropLast(shared).last == label })
        {
            shared += 1
        }
        let suffix = "." + (alike.first ?? []).suffix(shared).joined(separator: ".")
        self.suffix = suffix
        kept = backends.reduce(into: []) { kept, names in
            let all = Set(names)
            kept.formUnion(all.filter { $0.hasSuffix(suffix) && all.contains(Self.without(suffix, $0)) })
        }
    }

    /// The labels of a name with a domain; nil for addresses and for names of less than three labels.
    private static func labels(_ name: String) -> [Substring]? {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 2, !labels.contains(""), labels.last?.allSatisfy(\.isNumber) == false,
            !name.contains(" ")
        else { return nil }
        return labels
    }

    private static func without(_ suffix: String, _ name: String) -> String {
        String(name.unicodeScalars.dropLast(suffix.unicodeScalars.count))
    }

    /// A name as tables show it.
    public func short(_ name: String) -> String {
        guard name.hasSuffix(suffix), !kept.contains(name) else { return name }
        let short = Self.without(suffix, name)
        return short.isEmpty ? name : short
    }

    /// Whether a field holds names of devices.
    public func shortens(_ field: Field, of resource: ResourceDescriptor) -> Bool {
        field.type == .ref(.device) || resource.kind == .device && field.key == resource.nameField
    }
}
