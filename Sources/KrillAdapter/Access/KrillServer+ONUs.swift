internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Reads the last light of all ONUs; whether a line is down at all comes from its host.
    func refreshONUs(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        if query.isQuick { return try await refreshChangedONUs(into: sink) }
        let hosts = try await readAllHosts(maximumAge: Self.hostsGoodFor) { _, words in sink.progress(words) }
        var missing = MissingFields()
        var strangers = false
        var seen: Set<String> = []
        let list = PagedList(
            template: Path.search, query: [("type", "Service"), ("service_name", "txrx")], title: "ONUs",
            id: "name")
        var lights: [String: LineLight] = [:]
        let services = try await readPages(list) { page in
            // A server that does not know the filter gives all services.
            let levels = Watched.all(in: page.rows, of: "services", noting: &missing)
                .filter { $0.service == "txrx" }
            for service in levels { lights[service.host] = LineLight(service) }
            seen.formUnion(levels.map(\.host))
            let names = levels.map(\.host)
            strangers = strangers || withMemory { memory in names.contains { memory.cpe(ofHost: $0) == nil } }
            withMemory { memory in
                for name in names { memory.lights[name] = lights[name] }
                memory.watch.forgetChanges(of: names, for: .onus)
            }
            sink.add(onuTable(names), covering: page.coverage)
            sink.progress(page.words("ONUs"))
        }
        if services == .complete { withMemory { [lights] in $0.lights = lights } }
        if strangers {
            // A host that does not say that it is a CPE's is one by the CRM.
            let cpes = (try? await readCPEs(maximumAge: Self.cpesGoodFor) { _, _ in }) ?? .partial("")
            let open = withMemory { memory in seen.filter { memory.cpe(ofHost: $0) == nil } }
            if cpes != .complete { for _ in open { missing.note("vars", of: "hosts") } }
            sink.add(onuTable(seen.sorted()), covering: .page)
        }
        for name in seen { note(name, in: &missing) }
        return hosts.and(services).and(missing.completeness)
    }

    /// Notes where nothing says how an ONU's light is although its line is up.
    private func note(_ name: String, in missing: inout MissingFields) {
        let (light, host) = withMemory { ($0.lights[name], $0.watch.hosts[name]) }
        guard let light, host?.isDown != true, host?.state != Watched.pending else { return }
        if light.state == nil { missing.note("state", of: "services") }
        if light.lacksMetrics, light.state != Watched.pending { missing.note("perfdata", of: "services") }
    }

    /// Shows ONUs whose host is otherwise than before, with the light that was last read.
    private func refreshChangedONUs(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let completeness = try await readProblems(maximumAge: 30)
        let names = withMemory { memory in
            memory.watch.takeChanges(for: .onus).filter { memory.lights[$0] != nil }.sorted()
        }
        if !names.isEmpty { sink.add(onuTable(names), covering: .page) }
        return completeness
    }

    private func onuTable(_ names: [String]) -> Table { ONURows(backend, withMemory { $0 }).table(names) }
}

/// What the monitoring last measured of a line's light.
struct LineLight: Sendable {
    let metrics: [Watched.Metric]
    let state: Int?
    let lacksMetrics: Bool
    let at: Timestamp?

    init(_ service: Watched) {
        metrics = service.metrics
        state = service.state
        lacksMetrics = service.lacks.contains(.metrics)
        at = service.lastCheck
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

    /// A table of the ONUs at some hosts.
    func table(_ names: [String]) -> Table {
        var builder = TableBuilder(Self.resource, backend, capacity: names.count)
        for name in names { append(name, to: &builder) }
        return builder.finish()
    }

    /// Nil where nothing says it.
    private func status(_ host: Watched?) -> DeviceStatus? {
        guard let host, let state = host.state else { return nil }
        return host.isDown ? .down : state == Watched.pending ? .unknown : .up
    }

    private func append(_ name: String, to builder: inout TableBuilder) {
        guard let cpe = memory.cpe(ofHost: name) else { return }
        let host = memory.watch.hosts[name]
        let title = memory.cpes[cpe]?.name ?? name
        builder.begin(EntityRef(backend, .onu, id: cpe))
        let status = status(host)
        if let status { builder.set(Self.place("oper"), text: status.rawValue) }
        if let olt = host?.registration.host {
            builder.set(Self.place(.device), ref: EntityRef(backend, .device, id: olt), name: olt)
        }
        builder.set(Self.place(.name), text: host?.registration.id ?? title)
        builder.set(Self.place("cpe"), ref: EntityRef(backend, .cpe, id: cpe), name: title)
        if let pon = host?.registration.pon {
            builder.set(Self.place("pon"), ref: EntityRef(backend, .pon, id: pon), name: pon)
        }
        // What it measured before the line went down is no light that there is.
        guard status != .down, let light = memory.lights[name], let state = light.state,
            state != Watched.pending
        else { return }
        let levels = Light(light.metrics, memory.limits)
        builder.set(Self.place("dnrx"), number: levels.values["dnrx"])
        builder.set(Self.place("uprx"), number: levels.values["uprx"])
        builder.set(Self.place("uptx"), number: levels.values["uptx"])
        builder.set(Self.place("attenuation"), number: levels.values["upatt"])
        builder.set(Self.place("deviation"), number: levels.values["pondesv"])
        if let severity = levels.severity { builder.set(Self.place("light"), text: severity.word) }
        builder.set(Self.place("light_why"), text: levels.words)
        builder.set(Self.place(.lastPolled), time: light.at)
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
