internal import AdapterKit
internal import Domain
internal import JSON

extension LibreNMSServer {
    /// Reads all alert rules.
    func refreshRules(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        _ = try await dialect()
        let (table, completeness) = try await readRules()
        sink.add(table, covering: .everything)
        return completeness
    }

    /// Reads the rules when an alert needs one that is unknown, or when they are old.
    ///
    /// - Returns: why they could not be read, when an alert is left without its severity.
    func rulesIfNeeded(for alerts: [WireAlert]) async -> BackendError? {
        let needing = Set(alerts.filter { $0.severity == nil || $0.ruleName == nil }.map(\.rule))
        if needing.isEmpty { return nil }
        let now = settings.now()
        let isDue = withMemory { memory in
            guard let readAt = memory.rulesReadAt else { return true }
            let age = Double(now.seconds - readAt.seconds)
            // An unknown rule may be one that was deleted: it is not asked for with every refresh.
            let isUnknown = needing.contains { memory.rules[$0] == nil }
            return age < 0 || age >= ResourceDescriptor.rule.interval || (isUnknown && age >= 60)
        }
        guard isDue else { return nil }
        do {
            _ = try await readRules()
            return nil
        } catch {
            return withMemory { memory in needing.contains { memory.rules[$0] == nil } } ? error : nil
        }
    }

    private func readRules() async throws(BackendError) -> (Table, Completeness) {
        var builder = TableBuilder(.rule, backend)
        var summaries: [String: RuleSummary] = [:]
        var completeness = Completeness.complete
        if let list = try await rows("rules", Path.rules) {
            for rule in list.array.compactMap({ WireRule($0) }) {
                summaries[rule.id] = RuleSummary(
                    name: rule.name.isEmpty ? "rule \(rule.id)" : rule.name, severity: rule.severity)
                append(rule, to: &builder)
            }
            completeness = list.without("id", builder.count, "rules")
        }
        let now = settings.now()
        withMemory { memory in
            memory.rules = summaries
            memory.rulesReadAt = now
        }
        return (builder.finish(), completeness)
    }

    private func append(_ rule: WireRule, to builder: inout TableBuilder) {
        let resource = ResourceDescriptor.rule
        builder.begin(entity(.rule, rule.id))
        builder.set(resource.place(of: .name), text: rule.title)
        if rule.severity != .unknown {
            builder.set(resource.place(of: .severity), text: rule.severity.word)
        }
        builder.set(resource.place(of: .enabled), flag: rule.isDisabled.map { !$0 })
        builder.set(resource.place(of: .expression), text: rule.expression)
        builder.set(resource.place(of: "delay"), integer: rule.delay)
        builder.set(resource.place(of: "count"), integer: rule.count.flatMap { Int64($0) })
        builder.set(resource.place(of: "mute"), flag: rule.isMute)
        builder.set(resource.place(of: "invert"), flag: rule.isInverted)
        builder.set(resource.place(of: "scope"), text: rule.hiddenScope == nil ? rule.scope.text : "")
        builder.set(resource.place(of: "notes"), text: rule.row["notes"]?.text ?? "")
        builder.set(resource.place(of: .procedure), text: rule.row["proc"]?.text ?? "")
    }
}
