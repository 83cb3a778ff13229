import Configuration
import Domain
import Glibc
import History
import Runtime

extension Setup {
    /// Where changes of state are recorded; nil where the configuration wants none recorded.
    func history(_ clock: any Clock) -> SQLiteHistory? {
        guard let kept = settings.history else { return nil }
        let path = isDemo ? DemoHistory.path : directories.historyFile
        return path.map { Self.history($0, kept, clock) }
    }

    /// The history of changes at a path.
    static func history(
        _ path: String, _ kept: HistorySettings?, _ clock: any Clock, setsAside: Bool = true
    ) -> SQLiteHistory {
        let kept = kept ?? HistorySettings()
        return SQLiteHistory(
            path: path, retention: .init(days: kept.days, bytes: kept.bytes), setsAside: setsAside,
            now: { clock.wall })
    }

    /// Reads what was recorded, for a command without a screen; nil where nothing is kept, or nothing was yet.
    ///
    /// It neither makes nor moves a file, and never fails the command.
    func recollections(
        _ clock: any Clock
    ) -> (@Sendable (HistoryQuery) -> Result<Recollection, BackendError>)? {
        guard !isDemo, settings.history != nil, access(directories.historyFile, F_OK) == 0 else { return nil }
        let store = Self.history(directories.historyFile, settings.history, clock, setsAside: false)
        return { query in
            do throws(HistoryError) {
                return .success(try store.recall(query))
            } catch {
                return .failure(BackendError(.missing, error.words))
            }
        }
    }
}
