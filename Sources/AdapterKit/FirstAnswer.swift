package import Domain

/// Asks in the usual way and, where no answer comes for a moment, in another way as well; takes what answers first.
///
/// A server may hang where it is asked who it is, and have lists that answer at once: nothing waits for such a question
/// longer than it must.
///
/// - Parameters:
///   - seconds: how long the usual way is left alone, where it does not give up before.
///   - usual: what it says counts, but that no answer came.
///   - other: what it says counts only where it is an answer.
/// - Throws: what was wrong with the usual way.
package func firstAnswer<Answer: Sendable>(
    after seconds: Double,
    _ usual: @escaping @Sendable () async throws(BackendError) -> Answer,
    or other: @escaping @Sendable () async throws(BackendError) -> Answer
) async throws(BackendError) -> Answer {
    let result = await withTaskGroup(of: Turn<Answer>.self, returning: Result<Answer, BackendError>.self) {
        group in
        defer { group.cancelAll() }
        group.addTask { .usual(await answer(usual)) }
        group.addTask {
            do throws(CancellationError) { try await BackendSettings.sleep(seconds) } catch {}
            return .waited
        }
        var silence: BackendError?
        var isOtherAsked = false
        var isOtherOver = false
        for await turn in group {
            switch turn {
            case .usual(.success(let answer)), .other(.success(let answer)): return .success(answer)
            case .usual(.failure(let error)):
                guard error.kind == .timedOut, !isOtherOver else { return .failure(error) }
                silence = error
            case .other(.failure):
                if let silence { return .failure(silence) }
                isOtherOver = true
            case .waited: break
            }
            if !isOtherAsked {
                isOtherAsked = true
                group.addTask { .other(await answer(other)) }
            }
        }
        return .failure(silence ?? BackendError(.cancelled, "cancelled"))
    }
    return try result.get()
}

/// What came first of two questions.
private enum Turn<Answer: Sendable>: Sendable {
    case usual(Result<Answer, BackendError>), other(Result<Answer, BackendError>)
    /// The usual way was left alone long enough.
    case waited
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
