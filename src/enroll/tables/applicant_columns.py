"""The columns of the applicants' table."""

from __future__ import annotations

from enroll.tables.columns import Column, TableColumns

REVIEW = {
    "passed": ("pass", "approved", "ok", "通过", "审核通过", "已通过", "合格"),
    "pending": ("waiting", "open", "待审", "待审核", "未审核", "审核中", "待定"),
    "rejected": ("reject", "refused", "不通过", "未通过", "审核不通过", "驳回", "退回"),
}
HOUSEHOLD = {
    "zone": ("in zone", "本片区", "片区内", "片内"),
    "county": ("in county", "本县", "县内", "本区", "区内", "片区外本县"),
    "outside": ("out of county", "外县", "县外", "外地", "外省"),
}
HOME = {
    "own": ("owned", "自有", "自购", "自有住房", "产权房"),
    "grandparents": ("grandparent", "祖辈", "祖辈住房", "爷爷奶奶", "外公外婆"),
    "rent": ("rented", "租房", "租赁", "租住"),
    "none": ("no home", "无", "无房"),
}
SEX = {"male": ("m", "boy", "男"), "female": ("f", "girl", "女")}
PLACED_REASON = {
    "disabled": ("残疾", "残疾儿童", "特殊需要"),
    "policy_care": ("policy care", "政策照顾", "优抚", "照顾对象"),
    "feeder": ("对口", "对口直升", "直升"),
    "sibling": ("随兄姐", "兄弟姐妹"),
    "court": ("法院", "司法"),
    "override": ("人工调整", "其他"),
}

APPLICANT_COLUMNS = TableColumns(
    "applicants",
    "One row for each child that asks for a place.",
    (
        Column(
            "applicant_id",
            "id",
            "Registration number: 1 to 64 letters, digits, dots, hyphens and underscores, "
            "used once; never a resident identity number.",
            ("id", "applicant", "registration number", "报名号", "报名编号", "登记号", "学生编号"),
            required=True,
            personal=True,
        ),
        Column(
            "name",
            "text",
            "The child's name: accepted, never read and never stored.",
            ("姓名", "学生姓名", "儿童姓名", "child name"),
            personal=True,
        ),
        Column(
            "lon",
            "decimal",
            "Longitude of the home in degrees, or easting in metres, in the system that "
            "`[coordinates] applicants` names; the points of a map file take its place.",
            ("longitude", "lng", "x", "经度", "家庭经度", "住址经度"),
            empty="no coordinates",
            personal=True,
        ),
        Column(
            "lat",
            "decimal",
            "Latitude in degrees, or northing in metres.",
            ("latitude", "y", "纬度", "家庭纬度", "住址纬度"),
            empty="no coordinates",
            personal=True,
        ),
        Column(
            "zone",
            "id",
            "Zone id set by hand; it overrides the map.",
            ("zone_id", "片区", "学区", "片区编号", "所属片区"),
            empty="the map decides",
        ),
        Column(
            "group",
            "word",
            "Id of the priority group, where the office decides it itself.",
            ("类别", "入学类别", "顺位", "批次类别"),
            empty="by the conditions of the groups",
        ),
        Column(
            "household",
            "word",
            "Where the household is registered.",
            ("hukou", "户籍", "户口", "户籍所在地", "户籍类别"),
            fact=True,
            words=HOUSEHOLD,
        ),
        Column(
            "household_since",
            "date",
            "Day on which the household was registered there.",
            ("落户时间", "落户日期", "户籍迁入日期", "入户时间"),
            fact=True,
            personal=True,
        ),
        Column(
            "home",
            "word",
            "Whose home the child lives in.",
            ("housing", "住房", "住房情况", "房产", "房产类别", "住房类别"),
            fact=True,
            words=HOME,
        ),
        Column(
            "home_since",
            "date",
            "Day on which the home was registered or rented.",
            ("房产登记日期", "购房时间", "房产证日期", "入住日期"),
            fact=True,
            personal=True,
        ),
        Column(
            "permit_since",
            "date",
            "Day on which the residence permit was issued.",
            ("居住证日期", "居住证签发日期", "居住证办理时间"),
            fact=True,
            personal=True,
        ),
        Column(
            "insurance_months",
            "whole",
            "Months of social insurance.",
            ("社保月数", "社保缴费月数", "参保月数"),
            fact=True,
            least=0,
            most=1200,
            personal=True,
        ),
        Column(
            "review",
            "word",
            "Result of the office's review; only passed children are placed.",
            ("审核", "审核状态", "审核结果", "初审结果"),
            words=REVIEW,
            empty="passed",
        ),
        Column(
            "birth_date",
            "date",
            "Day of birth, for the age rule.",
            ("birthday", "date of birth", "出生日期", "生日", "出生年月日"),
            empty="no age test, with a notice",
            personal=True,
        ),
        Column(
            "sex",
            "word",
            "Sex, for even classes.",
            ("gender", "性别"),
            words=SEX,
            personal=True,
        ),
        Column(
            "points",
            "whole",
            "Points of a points scheme (not of an examination); more is better.",
            ("积分", "总积分", "入学积分"),
            empty="0",
            personal=True,
        ),
        Column(
            "since",
            "date",
            "Day for the ranking key `since`; earlier is better.",
            ("登记日期", "排序日期"),
            empty="after everybody with a day",
            personal=True,
        ),
        Column(
            "sibling_school",
            "id",
            "Id of the school an older sibling attends; one that is not in the file of "
            "schools is named and gives no priority.",
            ("兄姐就读学校", "哥哥姐姐学校", "兄弟姐妹就读学校"),
        ),
        Column(
            "family",
            "id",
            "Same text for children of one family in the same year (twins): they are a bundle.",
            ("家庭编号", "多胞胎编号", "双胞胎编号", "捆绑编号"),
            empty="on its own",
            personal=True,
        ),
        Column(
            "choice",
            "id",
            "School ids in the family's order of choice: `choice_1`, `choice_2` and so on.",
            ("志愿{n}", "第{n}志愿"),
            numbered=True,
        ),
        Column(
            "accepts_redirect",
            "yes or no",
            "Whether the family accepts a place outside its zone.",
            ("accepts", "服从调剂", "服从统筹", "是否服从统筹", "是否服从调剂"),
            empty="yes",
        ),
        Column(
            "placed_school",
            "id",
            "School of a placement by decision; reason, authority and date are then required.",
            ("指定学校", "安排学校", "定向学校"),
        ),
        Column(
            "placed_reason",
            "word",
            "Why the child is placed by decision.",
            ("指定原因", "安排原因"),
            words=PLACED_REASON,
        ),
        Column(
            "placed_authority",
            "text",
            "Number of the document that decides it.",
            ("批准文号", "文件号", "文号"),
        ),
        Column(
            "placed_date",
            "date",
            "Day of that document.",
            ("批准日期", "文件日期"),
        ),
    ),
    no_scores=True,
)
