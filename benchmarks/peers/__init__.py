"""The programs we compare ourselves with, each as its own documentation teaches it."""
