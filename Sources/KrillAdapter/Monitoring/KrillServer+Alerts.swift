internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// PONs whose size is asked for at once; the rest waits for the next look.
    private static let suspectsAtOnce = 8

    /// Reads what is wrong, and makes one alert of many ONTs of one PON.
    func refreshAlerts(into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        let completeness = try await readProblems(maximumAge: 0)
        await measureSuspects()
        let table = AlertRows(backend, withMemory { $0 }).table()
        sink.add(table, covering: completeness == .complete ? .everything : .page)
        return completeness
    }

    /// Asks how many ONTs hang on the PONs that may be dark, as long as not all hosts were read.
    private func measureSuspects() async {
        for pon in withMemory({ $0.watch.suspects }).prefix(Self.suspectsAtOnce) {
            let list = PagedList(
                template: Path.search, query: [("type", "Host"), ("regtag", pon)], title: "ONTs", id: "name")
            guard let page = try? await page(list, offset: 0, limit: 1), let count = page.count,
                let host = page.rows.first.flatMap({ Watched($0) }), host.registration.pon == pon
            else { continue }
            withMemory { $0.watch.sizes[pon] = count }
        }
    }
}
