package import Domain

/// Asks in the usual way and, where no answer comes for a moment, in another way as well; takes what answers first.
///
/// A server may hang where it is asked who it is, and have lists that answer at once: nothing waits for such a question
/// longer than it must.
///
/// - Parameters:
///   - seconds: how long the usual way is left alone.
///   - usual: what it says counts, but that no answer came.
///   - other: what it says counts only where it is an answer.
/// - Throws: what was wrong with the usual way.
package func firstAnswer<Answer: Sendable>(
    after seconds: Double,
    _ usual: @escaping @Sendable () async throws(BackendError) -> Answer,
    or other: @escaping @Sendable () async throws(BackendError) -> Answer
) async throws(BackendError) -> Answer {
    let result = await withTaskGroup(
        of: (isUsual: Bool, Result<Answer, BackendError>).self, returning: Result<Answer, BackendError>.self
    ) { group in
        group.addTask { (true, await answer(usual)) }
        group.addTask {
            do throws(CancellationError) { try await BackendSettings.sleep(seconds) } catch {
                return (false, .failure(BackendError(.cancelled, "cancelled")))
            }
            return (false, await answer(other))
        }
        defer { group.cancelAll() }
        var failure = BackendError(.cancelled, "cancelled")
        for await (isUsual, result) in group {
            switch result {
            case .success: return result
            case .failure(let error):
                guard isUsual else { continue }
                failure = error
                guard error.kind == .timedOut else { return result }
            }
        }
        return .failure(failure)
    }
    return try result.get()
}

private func answer<Answer: Sendable>(
    _ ask: @Sendable () async throws(BackendError) -> Answer
) async -> Result<Answer, BackendError> {
    do throws(BackendError) { return .success(try await ask()) } catch { return .failure(error) }
}

/// Gives something that can be done without so many seconds; then it is cancelled, and nil.
package func inTime<Answer: Sendable>(
    _ seconds: Double, _ work: @escaping @Sendable () async -> Answer
) async -> Answer? {
    await withTaskGroup(of: Answer?.self, returning: Answer?.self) { group in
        group.addTask { await work() }
        group.addTask {
            do throws(CancellationError) { try await BackendSettings.sleep(seconds) } catch {}
            return nil
        }
        defer { group.cancelAll() }
        return await group.next() ?? nil
    }
}
