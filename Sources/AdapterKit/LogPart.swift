package import Domain

/// A part of a log that a server gives by itself, such as the events of a device beside its alerts.
package struct LogPart: Sendable {
    /// What it says.
    package var entries: [ServerLog.Entry] = []
    /// What its rows lack.
    package var missing = MissingFields()
    /// What is wrong with it besides; nil for nothing.
    package var gap: String?
    /// When its rows were written that were looked at, whether an entry was made of them or not.
    package var times: [Timestamp] = []
    /// Whether the server has more rows than were read.
    package var hasMore = false
    /// Whether the server gave its oldest rows instead of the newest, so that what happened last is not among them.
    package var areOldest = false
    /// From when on the server keeps anything; nil where it does not say.
    package var begins: Timestamp?

    /// Makes a part without entries.
    package init() {}

    /// Takes a row in.
    package mutating func add(_ entry: ServerLog.Entry) {
        times.append(entry.time)
        entries.append(entry)
    }

    fileprivate var completeness: Completeness {
        var completeness = missing.completeness
        if let gap { completeness = completeness.and(.partial(gap)) }
        if areOldest {
            completeness = completeness.and(
                .partial("the server gives its oldest entries first, and the newest are not among them"))
        }
        return completeness
    }

    fileprivate var firstKnown: Timestamp? { hasMore ? areOldest ? nil : times.min() : begins }
}

extension ServerLog {
    /// Puts a log together out of its parts; one that can't be read does not hide the others.
    ///
    /// - Parameter parts: what each is called, and what was read; nil for what the server does not have.
    /// - Returns: nil where the server has none of them.
    /// - Throws: the first error where no part could be read.
    package static func joined(
        _ parts: [(title: String, result: Result<LogPart?, BackendError>)], since: Timestamp
    ) throws(BackendError) -> ServerLog? {
        var read: [LogPart] = []
        var completeness = Completeness.complete
        var firstError: BackendError?
        for part in parts {
            switch part.result {
            case .success(let found?):
                read.append(found)
                completeness = completeness.and(found.completeness)
            case .success(nil): break
            case .failure(let error):
                firstError = firstError ?? error
                completeness = completeness.and(.partial("\(part.title) can't be read: \(error.words)"))
            }
        }
        if read.isEmpty {
            if let firstError { throw firstError }
            return nil
        }
        return ServerLog(
            read.flatMap(\.entries), since: since, completeness: completeness,
            begins: read.compactMap(\.firstKnown).max(), isCut: read.contains(where: \.hasMore))
    }
}

/// Reads a part of a log, with its error as a value.
package func logPart(
    _ read: () async throws(BackendError) -> LogPart?
) async -> Result<LogPart?, BackendError> {
    do throws(BackendError) {
        return .success(try await read())
    } catch {
        return .failure(error)
    }
}
