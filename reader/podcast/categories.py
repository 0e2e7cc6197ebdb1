"""Apple's categories (Podcasters' help, "Apple Podcasts categories"): others are refused."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from reader.errors import BadOptions

CATEGORIES: Final[dict[str, tuple[str, ...]]] = {
    "Arts": (
        "Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts",
    ),
    "Business": (
        "Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": (
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality",
    ),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies",
        "Home & Garden", "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics",
        "Sports News", "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality",
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics",
        "Natural Sciences", "Nature", "Physics", "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships",
    ),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey",
        "Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness",
        "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}  # fmt: skip


def check(category: str, subcategory: str) -> None:
    """Raises BadOptions for what is not in the list, with what is like it."""
    below = CATEGORIES.get(category)
    if below is None:
        raise BadOptions("category-unknown", category=category, names=_alike(category, CATEGORIES))
    if subcategory and subcategory not in below:
        raise BadOptions(
            "subcategory-unknown",
            category=category,
            subcategory=subcategory,
            names=_alike(subcategory, below),
        )


def _alike(wanted: str, known: dict[str, tuple[str, ...]] | tuple[str, ...]) -> list[str]:
    """The one that was meant, or all; "" where there is nothing to choose."""
    return get_close_matches(wanted, known, n=1) or list(known) or [""]
