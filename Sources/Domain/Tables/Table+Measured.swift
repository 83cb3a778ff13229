extension Table {
    /// The rows that the server itself has not looked at for longer than twice the list's interval: what it goes on to give
    /// for them was measured long ago, and is no measurement of now.
    ///
    /// - Parameter wall: the present.
    public func rowsNotMeasured(by wall: Timestamp) -> [Int] {
        guard resource.index(of: .lastPolled) != nil else { return [] }
        // Servers look at their devices every five minutes, however often they are asked.
        let oldest = wall.seconds - Int64(2 * max(resource.interval, 300))
        return refs.indices.filter { row in integer(row, .lastPolled).map { $0 < oldest } ?? false }
    }
}
