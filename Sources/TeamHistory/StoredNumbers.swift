internal import Domain
internal import Team

// Whoever may write the tables may have written any number: each is bounded before anything is made of it, since what
// overflows ends the process.
extension Int64 {
    /// A moment in seconds since 1970, within those that the tables take.
    var moment: Int64 { bounded(by: TeamSchema.farthest) }
    /// A number to and from which others can be added.
    var bounded: Int64 { bounded(by: 1 << 60) }
    /// The number of an entity or a sheet.
    var ordinal: Int64 { Swift.min(Swift.max(self, 0), TeamSchema.mostNumber) }

    private func bounded(by most: Int64) -> Int64 { Swift.min(Swift.max(self, -most), most) }
}

extension Row {
    /// A number; nil for NULL.
    func optional(_ column: Int) -> Int64? { isNull(column) ? nil : whole(column).bounded }
    /// A moment in seconds since 1970.
    func seconds(_ column: Int) -> Int64 { whole(column).moment }
    /// A moment.
    func moment(_ column: Int) -> Timestamp { Timestamp(seconds(column)) }
    /// A moment; nil for NULL.
    func optionalMoment(_ column: Int) -> Timestamp? { isNull(column) ? nil : moment(column) }
}
