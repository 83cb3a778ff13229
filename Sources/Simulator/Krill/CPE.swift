/// A CPE as Krill's CRM knows it.
struct CPE: KrillRecord {
    /// Under which resource people's changes to CPEs are kept.
    static let path = "isp/cpes"

    let line: Line
    let written: [String: Input]
    let call: KrillCall

    var id: Int { line.id }
    var name: String { line.name }

    var noise: Noise { call.access.network.noise }

    /// A number of the line that never changes.
    func pick(_ range: ClosedRange<Int>, _ topic: Int) -> Int {
        noise.pick(range, .household, line.id, topic)
    }

    var subscriber: Subscriber? { line.subscriber.flatMap(call.access.subscriber) }

    var profile: CPEProfile {
        if let rate = line.circuit?.rate, let sold = CPEProfile.all.first(where: { $0.rate == rate }) {
            return sold
        }
        return noise.pick(CPEProfile.all, .household, line.id, 40)
    }

    var site: Site? { line.node.map { call.access.network.devices[$0].site } }

    /// Somewhere near the site; degrees as text, as the CRM has them.
    var coordinates: (latitude: Double, longitude: Double)? {
        guard let site, let latitude = Double(site.latitude), let longitude = Double(site.longitude) else {
            return nil
        }
        return (
            latitude + Double(pick(-400...400, 41)) / 10_000,
            longitude + Double(pick(-400...400, 42)) / 10_000
        )
    }

    /// What may be done about it now, by whoever asks.
    var actions: [String] {
        guard call.role == .admin else { return [] }
        return ["diagnostic", "factory", "reboot", "reconfig", "reprovision", "unprovision"]
    }

    var services: [String] { line.services }

    func isSet(_ field: String, usually value: Bool) -> Bool {
        written[field].map { ["true", "1"].contains($0.plain.lowercased()) } ?? value
    }

    var isFrozen: Bool { isSet("disable_provision", usually: line.traits.contains(.isFrozen)) }
    var isReconfigurable: Bool { !isSet("disable_reconfig", usually: false) }

    /// A CPE that somebody wrote down: it has no place and never registered.
    static func line(_ id: Int, written: [String: Input]) -> Line {
        let technology = Technology(rawValue: written["tech"]?.plain ?? "") ?? .gpon
        return Line(
            id: id, realm: written["realm"]?.plain ?? "met", subscriber: written["customer"]?.integer,
            technology: technology, node: nil, model: CPEModel.models(for: technology)[0], traits: [.isNew])
    }
}

/// What is sold.
struct CPEProfile: Sendable {
    let id: Int
    /// Bits a second.
    let rate: Int

    var name: String { "\(rate / 1_000_000) MB" }
    var words: String { "\(rate / 1_000_000)M" }

    static let all = [50, 100, 200, 300, 500, 1_000].enumerated().map {
        CPEProfile(id: $0.offset + 1, rate: $0.element * 1_000_000)
    }
}

extension Line {
    /// What monitoring watches at the line, by its technology.
    var services: [String] {
        let session = traits.contains(.dials) ? "pppoe" : "dhcp"
        var services: [String]
        switch technology {
        case .gpon: services = [session, "provision", "tr069", "txrx"]
        case .docsis: services = ["docsis", "dhcp", "downstream", "upstream"]
        case .ethernet: services = [session, "provision", "qos"]
        case .wimax: services = ["radio", "info", "dhcp"]
        }
        if traits.contains(.speaks) { services.append("voice1") }
        return services
    }
}

extension KrillCall {
    func cpe(_ line: Line) -> CPE {
        CPE(line: line, written: view.changes.edits[CPE.path]?.written[line.id] ?? [:], call: self)
    }

    /// All CPEs that the asker may see.
    var cpes: [CPE] {
        let written = view.changes.edits[CPE.path]?.written ?? [:]
        return view.lines.filter(sees).map { CPE(line: $0, written: written[$0.id] ?? [:], call: self) }
    }

    /// The CPE of a path: by its number or its name.
    func cpe(named name: String) -> CPE? {
        let line = Int(name).flatMap(view.line) ?? lineNamed(name)
        return line.flatMap { sees($0) ? cpe($0) : nil }
    }

    private func lineNamed(_ name: String) -> Line? {
        Int(name.drop { !$0.isNumber }).flatMap(view.line).flatMap { $0.name == name ? $0 : nil }
    }
}
