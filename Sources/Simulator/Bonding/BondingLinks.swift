/// The addresses of objects: written into every answer, and read from what clients send.
struct BondingLinks: Sendable {
    /// `https://ba.internal.example.net`.
    let origin: String
    /// Version 4 has other paths for what little is known of it.
    var isV4 = false

    static let root = "/api/v3/"

    /// The beginning of the paths of the version that was asked.
    var base: String { isV4 ? "/api/v4/" : Self.root }

    /// Where the objects of a kind are; those of a bond are below it.
    static func collection(_ kind: BondBook.Kind) -> String {
        switch kind {
        case .space: "spaces"
        case .aggregator: "aggregators"
        case .bonder: "bonders"
        case .bond: "bonds"
        case .leg: "legs"
        case .qos: "qos"
        case .connectedIP: "connected_ips"
        case .natIP: "cpe_nat_ips"
        case .route: "routes"
        case .speedTest: "speedtests"
        case .tuner: "tuners"
        case .allocation: "ipallocations"
        case .assignment: "assigned_routing_groups"
        case .mobileProfile: "mobileproviderprofiles"
        case .user: "users"
        case .group: "groups"
        }
    }

    /// The path of an object; nil when there is none of that number.
    ///
    /// That of a leg is in the collection of its own kind: the general one can't be written.
    func path(of kind: BondBook.Kind, _ id: Int, _ book: BondBook) -> String? {
        guard let record = book[kind][id] else { return nil }
        if isV4 { return pathV4(kind, record) }
        let name = Self.collection(kind)
        switch kind {
        case .leg: return "\(Self.root)bonds/\(record.owner)/\(record.text("type"))_legs/\(id)/"
        case .tuner:
            let leg = record.number("leg").map { "legs/\($0)/" } ?? ""
            return "\(Self.root)bonds/\(record.owner)/\(leg)tuners/\(id)/"
        case .connectedIP, .natIP, .route, .speedTest:
            return "\(Self.root)bonds/\(record.owner)/\(name)/\(id)/"
        case .assignment: return "\(Self.root)ipallocations/\(record.owner)/\(name)/\(id)/"
        default: return "\(Self.root)\(name)/\(id)/"
        }
    }

    private func pathV4(_ kind: BondBook.Kind, _ record: BondBook.Record) -> String {
        // A space goes by its key; everything else by its number.
        let last = kind == .space ? record.text("key") : String(record.id)
        return "/api/v4/\(Self.collection(kind))/\(last)/"
    }

    /// The number in an address that a client sent: whatever its host, only the path counts.
    static func number(in text: String, of kind: BondBook.Kind) -> Int? {
        var path = text[...]
        if let scheme = text.firstRange(of: "://") {
            guard let slash = text[scheme.upperBound...].firstIndex(of: "/") else { return nil }
            path = text[slash...]
        }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.hasPrefix("/api/v"), path.hasSuffix("/"), segments.count >= 6 else { return nil }
        let name = segments[segments.count - 3]
        guard name == collection(kind) || (kind == .leg && name.hasSuffix("_legs")) else { return nil }
        return Int(segments[segments.count - 2])
    }
}
