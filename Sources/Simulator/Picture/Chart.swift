/// Curves over time, to be drawn as a raster or as SVG.
struct Chart: Sendable {
    /// One value for each sample; nil where nothing is known.
    struct Curve: Sendable {
        var values: [Double?]
        let color: Raster.Color
        /// Drawn from the axis downwards, as traffic that goes out.
        var isBelow = false
    }

    let title: String
    let curves: [Curve]
    /// Of the plot alone, in pixels; the picture is larger.
    let plotWidth: Int
    let plotHeight: Int

    private static let left = 65
    private static let top = 33
    var width: Int { plotWidth + 81 }
    var height: Int { plotHeight + 69 + curves.count * 12 }

    private static let paper = Raster.Color(0xffffff)
    private static let grid = Raster.Color(0xe0e0e0)
    private static let ink = Raster.Color(0x505050)

    /// The highest value above the axis and the highest below it.
    private var peaks: (above: Double, below: Double) {
        func peak(_ isBelow: Bool) -> Double {
            curves.filter { $0.isBelow == isBelow }.flatMap(\.values).compactMap { $0 }.max() ?? 0
        }
        let (above, below) = (peak(false), peak(true))
        return above + below > 0 ? (above, below) : (1, 0)
    }

    /// The row of the axis, in the plot.
    private var axis: Int {
        let (above, below) = peaks
        return Int(Double(plotHeight) * above / (above + below))
    }

    private func value(_ curve: Curve, at column: Int) -> Double? {
        guard !curve.values.isEmpty else { return nil }
        return curve.values[min(column * curve.values.count / max(plotWidth, 1), curve.values.count - 1)]
    }

    // MARK: Raster

    func png() -> [UInt8] {
        var raster = Raster(
            width: width, height: height, palette: [Self.paper, Self.grid, Self.ink] + curves.map(\.color))
        let (left, top, axis) = (Self.left, Self.top, axis)
        let (plot, rows) = (left..<left + plotWidth, top..<top + plotHeight)
        for step in 0...8 {
            let (x, y) = (left + plotWidth * step / 8, top + plotHeight * step / 8)
            raster.fill(x: x..<x + 1, y: rows, 1)
            raster.fill(x: plot, y: y..<y + 1, 1)
        }
        let scale = Scale(self)
        for (number, curve) in curves.enumerated() {
            for column in 0..<plotWidth {
                guard let value = value(curve, at: column) else { continue }
                let end = scale.row(value, curve)
                raster.fill(
                    x: left + column..<left + column + 1,
                    y: top + min(axis, end)..<top + max(axis, end, min(axis, end) + 1), 3 + number)
            }
            let y = top + plotHeight + 24 + number * 12
            raster.fill(x: left..<left + 10, y: y..<y + 8, 3 + number)
        }
        raster.fill(x: plot, y: top + axis..<top + axis + 1, 2)
        raster.fill(x: left..<left + 1, y: rows, 2)
        return raster.png
    }

    /// Where a value is drawn, worked out once for all columns.
    private struct Scale {
        let axis: Int
        let perUnit: Double

        init(_ chart: Chart) {
            axis = chart.axis
            let (above, below) = chart.peaks
            perUnit = Double(chart.plotHeight) * 0.97 / (above + below)
        }

        func row(_ value: Double, _ curve: Curve) -> Int {
            let pixels = Int(value * perUnit)
            return curve.isBelow ? axis + pixels : axis - pixels
        }
    }

    // MARK: SVG

    func svg() -> [UInt8] {
        let scale = Scale(self)
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)pt\" height=\"\(height)pt\" "
        text += "viewBox=\"0 0 \(width) \(height)\" version=\"1.1\">\n"
        text += "<rect width=\"100%\" height=\"100%\" fill=\"\(Self.paper.text)\"/>\n"
        text += "<text x=\"\(Self.left)\" y=\"20\" fill=\"\(Self.ink.text)\">\(title)</text>\n"
        for curve in curves {
            let points = (0..<plotWidth).compactMap { column in
                value(curve, at: column).map {
                    "L \(Self.left + column) \(Self.top + scale.row($0, curve))"
                }
            }
            let start = "M \(Self.left) \(Self.top + axis)"
            text += "<path fill=\"none\" stroke=\"\(curve.color.text)\" d=\"\(start) "
            text += points.joined(separator: " ") + "\"/>\n"
        }
        return Array((text + "</svg>\n").utf8)
    }
}
