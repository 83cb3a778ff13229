/// How far back charts of what was measured reach, in seconds.
public enum ChartSpan: Int64, Sendable, CaseIterable {
    /// The last hours.
    case hour = 3_600
    case hours = 21_600
    /// The last days.
    case day = 86_400
    case week = 604_800
    case month = 2_592_000

    /// As it stands in the title.
    var words: String {
        switch self {
        case .hour: "1 h"
        case .hours: "6 h"
        case .day: "1 d"
        case .week: "7 d"
        case .month: "30 d"
        }
    }

    /// The next shorter or longer one; nil where there is none.
    func stepped(by step: Int) -> ChartSpan? {
        guard let place = Self.allCases.firstIndex(of: self) else { return nil }
        return Self.allCases.indices.contains(place + step) ? Self.allCases[place + step] : nil
    }
}
