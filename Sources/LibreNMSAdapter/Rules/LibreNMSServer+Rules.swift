internal import AdapterKit
internal import Domain
internal import JSON

extension LibreNMSServer {
    /// Reads all alert rules.
    func refreshRules(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        _ = try await dialect()
        sink.add(try await readRules(), covering: .everything)
        return .complete
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

    private func readRules() async throws(BackendError) -> Table {
        var builder = TableBuilder(.rule, backend)
        var summaries: [String: RuleSummary] = [:]
        if let list = try await rows("rules", Path.rules) {
            for row in list.array {
                guard let id = row["id"]?.text else { continue }
                let name = row["name"]?.text ?? ""
                let severity = Severity(word: row["severity"]?.text ?? "")
                summaries[id] = RuleSummary(name: name.isEmpty ? "rule \(id)" : name, severity: severity)
                append(row, id, severity, to: &builder)
            }
        }
        let now = settings.now()
        withMemory { memory in
            memory.rules = summaries
            memory.rulesReadAt = now
        }
        return builder.finish()
    }

    private func append(
        _ row: JSONValue, _ id: String, _ severity: Severity, to builder: inout TableBuilder
    ) {
        let resource = ResourceDescriptor.rule
        builder.begin(entity(.rule, id))
        builder.set(resource.place(of: .name), text: row["name"]?.text ?? "")
        builder.set(resource.place(of: .severity), text: severity.word)
        builder.set(resource.place(of: "enabled"), flag: row["disabled"]?.flag.map { !$0 })
        // Older releases have the rule itself, newer ones the query that was made of it.
        let expression = row["rule"]?.text ?? row["query"]?.text ?? ""
        builder.set(resource.place(of: "expression"), text: expression)
        builder.set(resource.place(of: "notes"), text: row["notes"]?.text ?? "")
    }
}
