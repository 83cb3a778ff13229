import AdapterKit
import Domain
import Runtime
import Synchronization

/// Reads a place of an API, within the operator's patience.
struct BrowseReader: Sendable {
    let spot: BrowseSpot
    let patience: Patience
    var progress: ProgressLine?

    /// Reads what is there.
    ///
    /// - Parameter all: whether all pages of a list are read, or the first alone.
    /// - Returns: what came in time, where not all of a list did.
    func read(all: Bool) async -> Result<Browsed, BackendError> {
        let soFar = SoFar()
        let result = await patiently { () async throws(BackendError) in
            if spot.entity.kind == .operation {
                let detail = try await spot.connection.adapter.detail(of: spot.entity)
                return Browsed(spot.entity, title: detail.title, content: .object(detail))
            }
            return try await spot.browser.browse(spot.entity, mostPages: all ? .max : 1) { browsed in
                soFar.browsed.withLock { $0 = browsed }
                if case .partial(let words) = browsed.completeness { progress?.take(words, of: spot.name) }
            }
        }
        if let result { return result }
        guard var browsed = soFar.browsed.withLock({ $0 }) else {
            return .failure(BackendError(.timedOut, patience.words))
        }
        browsed.completeness = .partial(patience.words)
        return .success(browsed)
    }

    /// Reads the answer as it comes.
    func raw() async -> Result<RawAnswer, BackendError> {
        await patiently { () async throws(BackendError) in try await spot.browser.raw(spot.entity) }
            ?? .failure(BackendError(.timedOut, patience.words))
    }

    /// Logs in and reads; nil where the operator's patience was at its end before.
    private func patiently<Answer: Sendable>(
        _ read: @escaping @Sendable () async throws(BackendError) -> Answer
    ) async -> Result<Answer, BackendError>? {
        let drawing = progress.map { progress in Task { await progress.run() } }
        let id = spot.entity.backend
        let result = await withTaskGroup(of: Result<Answer, BackendError>?.self) { group in
            group.addTask {
                do throws(BackendError) {
                    return .success(
                        try await patience.reading(id, reporting: { progress?.take($0, of: spot.name) }) {
                            () async throws(BackendError) in
                            _ = try await spot.connection.adapter.check()
                            return try await read()
                        })
                } catch { return .failure(error) }
            }
            group.addTask {
                await patience.end(of: id)
                return nil
            }
            let first = await group.next()
            // Cancelling reaches the transfer: the task ends at once.
            group.cancelAll()
            return first ?? nil
        }
        drawing?.cancel()
        await drawing?.value
        progress?.clear()
        return result
    }
}

/// What came so far of a list.
private final class SoFar: Sendable {
    let browsed = Mutex<Browsed?>(nil)
}
