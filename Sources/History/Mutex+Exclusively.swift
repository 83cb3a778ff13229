package import Synchronization

extension Mutex where Value: Sendable {
    /// Does some work under the lock and hands out its result as it is: whoever asked is the only one that has it.
    package func exclusively<Result>(
        _ work: (inout Value) throws(HistoryError) -> Result
    ) throws(HistoryError) -> Result {
        nonisolated(unsafe) var result: Swift.Result<Result, HistoryError>?  // written once, inside the lock
        withLock { value in
            do throws(HistoryError) {
                result = .success(try work(&value))
            } catch {
                result = .failure(error)
            }
        }
        guard let result else { throw HistoryError(.unavailable, "the history can't be used") }
        return try result.get()
    }
}
