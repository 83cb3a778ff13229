internal import AdapterKit
internal import Domain

/// Whose something is that names its CPE alone.
extension KrillServer {
    /// Reads whose sessions and lines are, where no list of CPEs or customers is read beside them.
    func readOwners(_ query: Query, _ sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        guard query.isOnce else { return .complete }
        do throws(BackendError) {
            let cpes = try await readCPEs(maximumAge: Self.cpesGoodFor) { _, page in
                sink.progress(page.words("CPEs"))
            }
            return cpes.and(try await readCustomers { _, page in sink.progress(page.words("customers")) })
        } catch {
            if [.refused, .cancelled].contains(error.kind) { throw error }
            return .partial("whose they are can't be read: \(error.words)")
        }
    }

    /// The CPE of a name and its customer, asked for where no list told them yet.
    func owners(ofCPE name: String) async -> [Detail.Section] {
        guard let cpe = await cpe(named: name) else { return [] }
        var lines = [
            Detail.Line("CPE", .ref(entity(.cpe, String(cpe.id)), name: cpe.name), .ref(.cpe))
        ]
        if let customer = cpe.customer {
            if withMemory({ $0.customers[customer] == nil }),
                let row = try? await readRecord(.customer, String(customer)), let read = Customer(row)
            {
                withMemory { $0.take([read]) }
            }
            let known = withMemory { $0.customers[customer]?.name }
            lines.append(
                Detail.Line(
                    "customer",
                    .ref(entity(.customer, String(customer)), name: known ?? "customer \(customer)"),
                    .ref(.customer)))
        }
        return [Detail.Section("Belongs to", lines)]
    }

    private func cpe(named name: String) async -> CPE? {
        guard !name.isEmpty else { return nil }
        let known = withMemory { memory in
            memory.watch.cpesByHost[name].flatMap { memory.cpes[$0] }
                ?? memory.cpes.values.first { $0.name == name }
        }
        if let known { return known }
        guard withMemory({ $0.version }) != .v1 else { return nil }
        let list = PagedList(
            template: Path.cpes,
            query: [("cpename", name), ("attrs", CPE.attributes.joined(separator: ","))], title: "CPEs",
            priority: 0)
        guard let page = try? await page(list, offset: 0, limit: 2) else { return nil }
        // A server that does not know the filter gives others.
        let found = page.rows.lazy.compactMap { CPE($0) }.first { $0.name == name || $0.host == name }
        if let found { withMemory { $0.take([found]) } }
        return found
    }
}
