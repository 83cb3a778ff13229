import Canvas
import Domain
import Filter

/// The widths that a column would like.
struct ColumnSize {
    /// What it needs to say anything; what most values need to be read whole; what all need.
    let least: Int, comfort: Int, need: Int
    /// What it can use: more than it needs where it is drawn at any width.
    let most: Int
    /// Whether no shown row has a value.
    let isEmpty: Bool

    /// Measures a column by what the shown rows hold.
    ///
    /// - Parameter extra: the columns that some values need besides.
    init(_ column: PaneColumn, _ arrangement: Arrangement, isNarrow: Bool, extra: Int) {
        let (lower, upper) = (column.width.lowerBound, column.width.upperBound)
        let title = min(CharacterWidth.of(column.title), upper)
        let content = Self.content(of: column, arrangement)
        isEmpty = content == 0
        if isNarrow, column.hasSign {
            (least, comfort, need, most) = (1, 1, 1, 1)
        } else if column.isWidthChosen {
            (least, comfort, need, most) = (lower, lower, lower, lower)
        } else if column.key == .trend {
            (least, comfort, need, most) = (lower, lower, lower, upper)
        } else if column.type == .usage {
            // The number alone says all: the bar takes what no other column needs.
            (least, comfort, need, most) = (lower, lower, min(upper, lower + Self.shortBar), upper)
        } else if column.key == .backend {
            (least, comfort, need, most) = (lower, lower, upper, upper)
        } else if let content {
            need = max(1, title, content + (content > 0 ? extra : 0))
            most = need
            // Of places and phrases the beginning says less than of a name.
            let quarter = lower + (upper - lower) / (column.type == .word ? 2 : 4)
            least = column.isText ? min(lower, need) : need
            comfort = column.isText ? min(max(quarter, title), need) : need
        } else {
            (least, comfort, need, most) = (lower, column.type.isNumeric ? upper : lower, upper, upper)
        }
    }

    /// The columns that the widest shown value covers, 0 where there is none; nil where nothing was measured.
    static func content(of column: PaneColumn, _ arrangement: Arrangement) -> Int? {
        var widest: Int?
        for (place, table) in arrangement.tables.enumerated() {
            guard let field = table.resource.index(of: column.key) else { continue }
            let extent = arrangement.extents[place][field]
            let request = arrangement.request
            let description = table.resource.fields[field]
            let names = request.shortNames.flatMap { $0.shortens(description, of: table.resource) ? $0 : nil }
            widest = max(widest ?? 0, extent.columns(description.type, names, now: request.context.now))
        }
        guard let widest, column.isAmount, widest > 0 else { return widest }
        return widest + CellText.unitSlack
    }

    /// The widths that texts needed lately: what arrives may need more at once, and gives room back only where it is
    /// a good part of it; else columns would move with every row that comes and goes.
    static func held(
        _ pane: Pane, _ arrangement: Arrangement, after earlier: Arrangement, _ held: [FieldKey: Int]
    )
        -> [FieldKey: Int]
    {
        let (new, old) = (arrangement.request, earlier.request)
        let isOther =
            new.filter != old.filter || new.hiding != old.hiding || new.tables.count != old.tables.count
        var widths: [FieldKey: Int] = [:]
        for column in pane.columns where column.isText {
            guard let content = content(of: column, arrangement), content > 0 else { continue }
            let need = max(content, CharacterWidth.of(column.title))
            let before = isOther ? 0 : held[column.key] ?? 0
            widths[column.key] = before > need && before - need <= slack ? before : need
        }
        return widths
    }

    /// A bar that is worth some letters of a text.
    private static let shortBar = 8

    /// So many columns that a text does not need any more are no reason to move those behind it.
    private static let slack = 4
}

extension Extent {
    /// The columns that the widest of its values covers; 0 for none.
    ///
    /// Numbers that are scaled are given what any number of their kind needs, so that their columns stand still while
    /// they change.
    fileprivate func columns(_ type: FieldType, _ names: ShortNames?, now: Timestamp) -> Int {
        func width(_ value: Value) -> Int { CharacterWidth.of(Quantity.text(value, type, now: now)) }
        switch self {
        case .nothing: return 0
        case .text(let columns): return columns
        case .words(let words):
            return words.reduce(0) { widest, word in
                max(widest, CharacterWidth.of(CellText.shown(names?.short(word) ?? word, type)))
            }
        case .integers(let range):
            let ends = max(width(.integer(range.lowerBound)), width(.integer(range.upperBound)))
            switch type {
            case .flag: return 3
            // The mark of a clock that is not certain stands before an age.
            case .time: return max(3, width(.time(Timestamp(range.lowerBound)))) + 1
            case .rate: return max(5, ends)
            case .bytes: return max(6, ends)
            case .duration:
                guard range.upperBound >= 86_400 else { return range.upperBound < 60 ? ends : max(7, ends) }
                // `98d 23h` lies below `99d 1h` and needs more.
                return max(7, ends, width(.integer(range.upperBound / 86_400 * 86_400 - 3_600)))
            default: return ends
            }
        case .numbers(let range):
            let ends = max(width(.number(range.lowerBound)), width(.number(range.upperBound)))
            switch type {
            case .percent, .usage: return max(5, ends)
            // Between two whole numbers lie some with two decimals.
            case .number where range.lowerBound < range.upperBound:
                return max(
                    ends, width(.number(range.lowerBound.rounded())) + 3,
                    width(.number(range.upperBound.rounded())) + 3)
            default: return ends
            }
        }
    }
}
