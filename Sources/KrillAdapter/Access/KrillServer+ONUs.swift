internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Reads the last light of all ONUs; whether a line is down at all comes from its host.
    func refreshONUs(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let hosts = try await readAllHosts(maximumAge: Self.hostsGoodFor) { _, words in sink.progress(words) }
        let list = PagedList(
            template: Path.search, query: [("type", "Service"), ("service_name", "txrx")], title: "ONUs",
            id: "name")
        let services = try await readPages(list) { page in
            // A server that does not know the filter gives all services.
            let levels = page.rows.compactMap { Watched($0) }.filter { $0.service == "txrx" }
            sink.add(ONURows(backend, withMemory { $0 }).table(levels), covering: page.coverage)
            sink.progress(page.words("ONUs"))
        }
        return hosts == .complete ? services : hosts
    }
}

/// Rows of ONUs.
struct ONURows {
    private static let resource = ResourceDescriptor.onu
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    let backend: BackendID
    let memory: Memory

    init(_ backend: BackendID, _ memory: Memory) {
        self.backend = backend
        self.memory = memory
    }

    /// A table of services that measure light.
    func table(_ services: [Watched]) -> Table {
        var builder = TableBuilder(Self.resource, backend, capacity: services.count)
        for service in services { append(service, to: &builder) }
        return builder.finish()
    }

    private func append(_ service: Watched, to builder: inout TableBuilder) {
        let host = memory.watch.hosts[service.host]
        guard let cpe = memory.cpe(ofHost: service.host) else { return }
        let name = memory.cpes[cpe]?.name ?? service.host
        builder.begin(EntityRef(backend, .onu, id: cpe))
        let isDown = host?.isDown == true
        let status: DeviceStatus =
            isDown ? .down : host == nil || host?.state == Watched.pending ? .unknown : .up
        builder.set(Self.place("oper"), text: status.rawValue)
        if let olt = host?.registration.host {
            builder.set(Self.place(.device), ref: EntityRef(backend, .device, id: olt), name: olt)
        }
        builder.set(Self.place(.name), text: host?.registration.id ?? name)
        builder.set(Self.place("cpe"), ref: EntityRef(backend, .cpe, id: cpe), name: name)
        if let pon = host?.registration.pon {
            builder.set(Self.place("pon"), ref: EntityRef(backend, .pon, id: pon), name: pon)
        }
        // What it measured before the line went down is no light that there is.
        if isDown || service.state == Watched.pending { return }
        let light = Light(service.metrics, memory.limits)
        builder.set(Self.place("dnrx"), number: light.values["dnrx"])
        builder.set(Self.place("uprx"), number: light.values["uprx"])
        builder.set(Self.place("uptx"), number: light.values["uptx"])
        builder.set(Self.place("attenuation"), number: light.values["upatt"])
        builder.set(Self.place("deviation"), number: light.values["pondesv"])
        if let severity = light.severity { builder.set(Self.place("light"), text: severity.word) }
        builder.set(Self.place("light_why"), text: light.words)
        builder.set(Self.place(.lastPolled), time: service.lastCheck)
    }
}

/// The light of one line against its limits.
struct Light: Sendable {
    /// Readings by metric; -1 dB and null are none.
    let values: [String: Double]
    /// The worse of both directions; nil without a reading.
    let severity: Severity?
    /// What is wrong in words; that it is well where it is.
    let words: String

    init(_ metrics: [Watched.Metric], _ limits: OpticalLimits) {
        var values: [String: Double] = [:]
        for metric in metrics {
            guard let value = metric.value, !(metric.unit == "dB" && value < 0) else { continue }
            values[metric.name] = value
        }
        self.values = values
        let judged = ["dnrx", "uprx"].compactMap { metric -> (Severity, String)? in
            guard let value = values[metric], let band = limits[metric] else { return nil }
            let judgement = band.judge(value)
            return (judgement.severity, "\(Levels.title(metric)) \(judgement.words)")
        }
        severity = judged.map(\.0).max()
        let wrong = judged.filter { $0.0 > .ok }
        words = (wrong.isEmpty ? judged.prefix(1) : wrong[...]).map(\.1).joined(separator: "; ")
    }
}
